-- +goose Up
-- Who did what. Rows are added and never changed. Nothing in them names a
-- resident but an ID, so that neither erasure nor new keys ever touch them.
CREATE TABLE audit (
    n           INTEGER NOT NULL PRIMARY KEY,
    id          TEXT NOT NULL,
    at          INTEGER NOT NULL,
    actor_kind  TEXT NOT NULL,
    actor_id    TEXT NOT NULL,
    session_id  TEXT NOT NULL,
    address     TEXT NOT NULL,
    request     TEXT NOT NULL,
    act         TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    details     TEXT NOT NULL,
    mac         TEXT NOT NULL
) STRICT;

-- The chain of these rows (docs/audit.md). It is made a moment later, many
-- rows at a time, and so are the indexes by which auditors look.
CREATE TABLE audit_chain (
    seq       INTEGER NOT NULL PRIMARY KEY,
    n         INTEGER NOT NULL UNIQUE,
    at        INTEGER NOT NULL,
    actor_id  TEXT NOT NULL,
    object_id TEXT NOT NULL,
    link      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_chain_by_time ON audit_chain (at, seq);
CREATE INDEX audit_chain_by_actor ON audit_chain (actor_id, seq);
CREATE INDEX audit_chain_by_object ON audit_chain (object_id, seq);

-- Where the chain ends; its one row is what sealers take turns by.
CREATE TABLE audit_head (
    one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    n    INTEGER NOT NULL,
    link TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (one, seq, n, link) VALUES (1, 0, 0, '');
