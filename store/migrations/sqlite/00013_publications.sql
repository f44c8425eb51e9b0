-- +goose Up
-- The way of every document to the public, and its working copy. What is public
-- stands in the tables of the noun.
CREATE TABLE publications (
    kind          TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    stage         TEXT    NOT NULL,
    public        INTEGER NOT NULL,
    served        INTEGER NOT NULL DEFAULT 0,
    identity      TEXT    NOT NULL DEFAULT '',
    title         TEXT    NOT NULL,
    doc_number    TEXT    NOT NULL,
    number_key    TEXT    NOT NULL,
    department_id TEXT    REFERENCES departments (id),
    content       TEXT    NOT NULL,
    writers       TEXT    NOT NULL,
    submitted_by  TEXT    NOT NULL,
    submitted_at  INTEGER NOT NULL,
    excuses       TEXT    NOT NULL,
    review        TEXT    NOT NULL,
    publish_at    INTEGER NOT NULL,
    withdrawal    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    updated_by    TEXT    NOT NULL,
    deleted_at    INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX publications_by_stage ON publications (kind, stage, updated_at, id);
CREATE INDEX publications_by_department ON publications (department_id);
CREATE INDEX publications_by_number ON publications (number_key);
CREATE INDEX publications_by_identity ON publications (kind, identity);
CREATE INDEX publications_scheduled ON publications (publish_at) WHERE stage = 'scheduled';

-- What was done on the way, for those who work on a document.
CREATE TABLE publication_events (
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    n        INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    staff_id TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    note     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, id, n),
    FOREIGN KEY (kind, id) REFERENCES publications (kind, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The files that a working copy refers to.
CREATE TABLE publication_files (
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES files (id),
    PRIMARY KEY (kind, id, file_id),
    FOREIGN KEY (kind, id) REFERENCES publications (kind, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_files_by_file ON publication_files (file_id);

-- Who is in a working copy just now.
CREATE TABLE presences (
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    staff_id TEXT    NOT NULL,
    seen_at  INTEGER NOT NULL,
    PRIMARY KEY (kind, id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX presences_by_time ON presences (seen_at);

-- What followers may be told: one row for every time that what is public changed.
CREATE TABLE changes (
    id       TEXT    NOT NULL PRIMARY KEY,
    kind     TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    what     TEXT    NOT NULL,
    tell     INTEGER NOT NULL,
    why      TEXT    NOT NULL,
    staff_id TEXT    NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_object ON changes (kind, object);
