-- +goose Up
-- Which of WeChat's message templates serves which purpose, and what fills it.
CREATE TABLE push_templates (
    purpose    TEXT NOT NULL PRIMARY KEY,
    wechat_id  TEXT NOT NULL,
    title      TEXT NOT NULL,
    long_term  BIGINT NOT NULL,
    fields     TEXT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);
