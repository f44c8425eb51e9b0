-- +goose Up
-- Whoever came through WeChat and agreed. What names the person is sealed
-- (SM4-GCM) and found by a keyed hash; an erased one keeps the ID alone.
CREATE TABLE residents (
    id             TEXT NOT NULL PRIMARY KEY,
    openid_hash    TEXT UNIQUE,
    openid_sealed  BLOB,
    unionid_sealed BLOB,
    phone_hash     TEXT,
    phone_sealed   BLOB,
    name_sealed    BLOB,
    created_at     INTEGER NOT NULL,
    seen_at        INTEGER NOT NULL,
    erased_at      INTEGER NOT NULL DEFAULT 0,
    version        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX residents_by_phone ON residents (phone_hash);

CREATE TABLE resident_sessions (
    id          TEXT NOT NULL PRIMARY KEY,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    token_hash  TEXT NOT NULL UNIQUE,
    device      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL DEFAULT 0,
    ended_why   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX resident_sessions_by_resident ON resident_sessions (resident_id, seen_at);

-- What residents were told and agreed to (PIPL 14, 17, 31).
CREATE TABLE privacy_texts (
    version      INTEGER NOT NULL PRIMARY KEY,
    text         TEXT NOT NULL,
    summary      TEXT NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;

CREATE TABLE consents (
    id                TEXT NOT NULL PRIMARY KEY,
    resident_id       TEXT NOT NULL REFERENCES residents (id),
    privacy_version   INTEGER NOT NULL,
    given_at          INTEGER NOT NULL,
    withdrawn_at      INTEGER NOT NULL DEFAULT 0,
    minor             INTEGER NOT NULL DEFAULT 0,
    guardian_relation TEXT NOT NULL DEFAULT '',
    guardian_sealed   BLOB
) STRICT;
CREATE INDEX consents_by_resident ON consents (resident_id, given_at);

-- Certificates of erasure. They name nobody.
CREATE TABLE erasures (
    number      TEXT NOT NULL PRIMARY KEY,
    resident_id TEXT NOT NULL UNIQUE REFERENCES residents (id),
    erased_at   INTEGER NOT NULL,
    items       TEXT NOT NULL
) STRICT;
CREATE INDEX erasures_by_time ON erasures (erased_at, number);
