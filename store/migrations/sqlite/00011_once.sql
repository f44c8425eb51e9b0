-- +goose Up
-- Requests that were done, by the key that their asker gave them, kept a day:
-- the row is written by the transaction that did it.
CREATE TABLE once (
    scope         TEXT NOT NULL,
    key           TEXT NOT NULL,
    route         TEXT NOT NULL,
    body_sm3      TEXT NOT NULL,
    done_at       INTEGER NOT NULL,
    answer_sealed BLOB,
    PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX once_by_time ON once (done_at);
