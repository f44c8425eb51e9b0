-- +goose Up
-- What was merged into something else. new_id is always where it is now: a chain
-- of merges is shortened when it grows.
CREATE TABLE moved (
    kind     TEXT   NOT NULL,
    old_id   TEXT   NOT NULL,
    new_id   TEXT   NOT NULL,
    why      TEXT   NOT NULL,
    moved_at BIGINT NOT NULL,
    moved_by TEXT   NOT NULL,
    PRIMARY KEY (kind, old_id)
);
CREATE INDEX moved_by_new ON moved (kind, new_id);

-- Pairs of policies that look like doubles, and of which somebody said that they
-- are none. a is the smaller ID.
CREATE TABLE distinct_policies (
    a       TEXT   NOT NULL,
    b       TEXT   NOT NULL,
    said_at BIGINT NOT NULL,
    said_by TEXT   NOT NULL,
    PRIMARY KEY (a, b)
);
