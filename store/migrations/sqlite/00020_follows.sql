-- +goose Up
-- What a resident wants to keep an eye on (订阅): topics, departments, policies.
-- The name is that of when it was followed.
CREATE TABLE follows (
    resident_id TEXT    NOT NULL REFERENCES residents (id),
    kind        TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    followed_at INTEGER NOT NULL,
    PRIMARY KEY (resident_id, kind, key)
) STRICT;
CREATE INDEX follows_by_time ON follows (resident_id, followed_at, key);
CREATE INDEX follows_by_key ON follows (kind, key);
