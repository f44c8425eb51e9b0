-- +goose Up
-- Files of documents that are brought in to become drafts. What a row of work
-- names is done by whoever holds it until held_until.
CREATE TABLE imports (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    file_id       TEXT    REFERENCES files (id),
    size          INTEGER NOT NULL,
    department_id TEXT    NOT NULL REFERENCES departments (id),
    staff_id      TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    problem       TEXT    NOT NULL,
    content       TEXT    NOT NULL,
    counts        TEXT    NOT NULL,
    done          INTEGER NOT NULL,
    total         INTEGER NOT NULL,
    fill          TEXT    NOT NULL,
    task          TEXT    NOT NULL,
    work          TEXT    NOT NULL,
    held_by       TEXT    NOT NULL,
    held_until    INTEGER NOT NULL,
    tries         INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_department ON imports (department_id, created_at);
CREATE INDEX imports_by_time ON imports (created_at);
CREATE INDEX imports_by_file ON imports (file_id);
CREATE INDEX imports_at_work ON imports (work, held_until) WHERE work <> '';

-- What became of every row, and of its draft.
CREATE TABLE import_rows (
    import_id  TEXT    NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    warned     INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    draft_id   TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    doc_number TEXT    NOT NULL,
    told       TEXT    NOT NULL,
    left_why   TEXT    NOT NULL,
    PRIMARY KEY (import_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_rows_by_state ON import_rows (import_id, state, n);
CREATE INDEX import_rows_by_draft ON import_rows (draft_id) WHERE draft_id <> '';
CREATE INDEX publications_by_title ON publications (title);
