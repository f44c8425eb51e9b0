-- +goose Up
-- Searches that residents follow, each condition once for all who do. The ID is a
-- keyed hash of the condition. Every document that it finds has its anchor, which
-- was chosen by these rules; saved_at is when somebody last followed it.
CREATE TABLE saved_searches (
    id       TEXT NOT NULL PRIMARY KEY,
    text     TEXT NOT NULL,
    filters  TEXT NOT NULL,
    anchor   TEXT NOT NULL,
    rules    TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE INDEX saved_searches_by_anchor ON saved_searches (anchor, id);
CREATE INDEX saved_searches_by_rules ON saved_searches (rules, id);
