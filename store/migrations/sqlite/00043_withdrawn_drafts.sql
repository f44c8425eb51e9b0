-- +goose Up
-- What was public last of consultations that are withdrawn: one that comes back goes on
-- with its clauses, its editions and its period.
CREATE TABLE withdrawn_drafts (
    consultation_id TEXT NOT NULL PRIMARY KEY,
    opens           TEXT NOT NULL,
    closes          TEXT NOT NULL,
    edition         INTEGER NOT NULL,
    editions        TEXT NOT NULL,
    body            TEXT NOT NULL
) STRICT;
