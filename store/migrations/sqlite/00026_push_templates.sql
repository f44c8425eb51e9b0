-- +goose Up
-- Which of WeChat's message templates serves which purpose, and what fills it.
CREATE TABLE push_templates (
    purpose    TEXT NOT NULL PRIMARY KEY,
    wechat_id  TEXT NOT NULL,
    title      TEXT NOT NULL,
    long_term  INTEGER NOT NULL,
    fields     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL
) STRICT;
