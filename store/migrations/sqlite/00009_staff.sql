-- +goose Up
CREATE TABLE staff (
    id              TEXT NOT NULL PRIMARY KEY,
    login           TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    title           TEXT NOT NULL DEFAULT '',
    department_id   TEXT REFERENCES departments (id),
    password_hash   TEXT NOT NULL,
    password_set_at INTEGER NOT NULL,
    must_change     INTEGER NOT NULL DEFAULT 1,
    factor_sealed   BLOB,
    factor_at       INTEGER NOT NULL DEFAULT 0,
    factor_step     INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    seen_at         INTEGER NOT NULL DEFAULT 0,
    closed_at       INTEGER NOT NULL DEFAULT 0,
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX staff_by_department ON staff (department_id, name);

CREATE TABLE staff_grants (
    staff_id      TEXT NOT NULL REFERENCES staff (id),
    role          TEXT NOT NULL,
    department_id TEXT NOT NULL DEFAULT '',
    given_at      INTEGER NOT NULL,
    given_by      TEXT NOT NULL,
    PRIMARY KEY (staff_id, role, department_id)
) STRICT;

CREATE TABLE staff_recovery_codes (
    staff_id  TEXT NOT NULL REFERENCES staff (id),
    code_hash TEXT NOT NULL,
    used_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (staff_id, code_hash)
) STRICT;

CREATE TABLE staff_sessions (
    id         TEXT NOT NULL PRIMARY KEY,
    staff_id   TEXT NOT NULL REFERENCES staff (id),
    token_hash TEXT NOT NULL UNIQUE,
    stage      TEXT NOT NULL,
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL DEFAULT 0,
    ended_why  TEXT NOT NULL DEFAULT '',
    offered_sealed BLOB
) STRICT;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id, seen_at);

-- Wrong passwords and codes by login name, known here or not, so that neither
-- the wait nor its length says which names exist.
CREATE TABLE sign_in_failures (
    login_hash TEXT NOT NULL PRIMARY KEY,
    count      INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    until      INTEGER NOT NULL
) STRICT;
