-- +goose Up
-- Who did what. Rows are added, never changed but to be sealed: seq and link
-- are their place in the chain (docs/audit.md). Nothing in them names a
-- resident but an ID, so that neither erasure nor new keys ever alter them.
CREATE TABLE audit (
    id          TEXT NOT NULL PRIMARY KEY,
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
    mac         TEXT NOT NULL,
    seq         INTEGER,
    link        TEXT
) STRICT;
CREATE UNIQUE INDEX audit_by_seq ON audit (seq);
CREATE INDEX audit_waiting ON audit (id) WHERE seq IS NULL;
CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_object ON audit (object_id, id);

-- Where the chain ends; its one row is what sealers take turns by.
CREATE TABLE audit_head (
    one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    link TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (one, seq, link) VALUES (1, 0, '');
