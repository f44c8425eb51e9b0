-- +goose Up
-- Files of documents that are brought in to become drafts. What a row of work
-- names is done by whoever holds it until held_until.
CREATE TABLE imports (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    file_id       TEXT    REFERENCES files (id),
    size          BIGINT  NOT NULL,
    department_id TEXT    NOT NULL REFERENCES departments (id),
    staff_id      TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    problem       TEXT    NOT NULL,
    content       TEXT    NOT NULL,
    counts        TEXT    NOT NULL,
    done          BIGINT  NOT NULL,
    total         BIGINT  NOT NULL,
    fill          TEXT    NOT NULL,
    task          TEXT    NOT NULL,
    work          TEXT    NOT NULL,
    held_by       TEXT    NOT NULL,
    held_until    BIGINT  NOT NULL,
    tries         BIGINT  NOT NULL,
    created_at    BIGINT  NOT NULL,
    updated_at    BIGINT  NOT NULL
);
CREATE INDEX imports_by_department ON imports (department_id, created_at);
CREATE INDEX imports_by_time ON imports (created_at);
CREATE INDEX imports_by_file ON imports (file_id);
CREATE INDEX imports_at_work ON imports (work, held_until) WHERE work <> '';

-- What became of every row, and of its draft.
CREATE TABLE import_rows (
    import_id  TEXT    NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    n          BIGINT  NOT NULL,
    line       BIGINT  NOT NULL,
    state      TEXT    NOT NULL,
    warned     BIGINT  NOT NULL,
    kind       TEXT    NOT NULL,
    draft_id   TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    doc_number TEXT    NOT NULL,
    told       TEXT    NOT NULL,
    left_why   TEXT    NOT NULL,
    PRIMARY KEY (import_id, n)
);
CREATE INDEX import_rows_by_state ON import_rows (import_id, state, n);
CREATE INDEX import_rows_by_draft ON import_rows (draft_id) WHERE draft_id <> '';
CREATE INDEX publications_by_title ON publications (title);
