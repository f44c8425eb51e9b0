-- +goose Up
-- What files of issues hold, read once for each file. reading is what was made of the whole
-- file; a problem is a code of locale. held_by works on it until held_until.
CREATE TABLE printed_files (
    sm3          TEXT NOT NULL PRIMARY KEY,
    size         INTEGER NOT NULL,
    step         TEXT NOT NULL,
    pages        INTEGER NOT NULL,
    done         INTEGER NOT NULL,
    reading      TEXT NOT NULL,
    problem      TEXT NOT NULL,
    problem_args TEXT NOT NULL,
    held_by      TEXT NOT NULL,
    held_until   INTEGER NOT NULL,
    tries        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX printed_files_to_read ON printed_files (created_at) WHERE step NOT IN ('done', 'failed');

CREATE TABLE printed_pages (
    sm3    TEXT NOT NULL REFERENCES printed_files (sm3) ON DELETE CASCADE,
    page   INTEGER NOT NULL,
    width  REAL NOT NULL, -- points
    height REAL NOT NULL,
    layer  TEXT NOT NULL,
    look   TEXT NOT NULL,
    body   TEXT NOT NULL,
    packed BLOB NOT NULL, -- lines, paragraphs and boxes
    PRIMARY KEY (sm3, page)
) STRICT;

-- Pictures of pages that are kept in the bucket.
CREATE TABLE printed_pictures (
    sm3        TEXT NOT NULL REFERENCES printed_files (sm3) ON DELETE CASCADE,
    page       INTEGER NOT NULL,
    width      INTEGER NOT NULL, -- pixels
    height     INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    tag        TEXT NOT NULL, -- SM3 of its bytes
    PRIMARY KEY (sm3, page, width)
) STRICT;

-- Files that somebody brought in as issues. into_id is the issue whose file it takes the
-- place of, document_id the draft that was made of it. file_id is let go of once that has it.
CREATE TABLE gazette_imports (
    id            TEXT NOT NULL PRIMARY KEY,
    sm3           TEXT NOT NULL REFERENCES printed_files (sm3),
    file_id       TEXT REFERENCES files (id),
    name          TEXT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    staff_id      TEXT NOT NULL,
    year          INTEGER NOT NULL,
    number        INTEGER NOT NULL,
    into_id       TEXT NOT NULL,
    state         TEXT NOT NULL,
    document_id   TEXT NOT NULL,
    problem       TEXT NOT NULL,
    problem_args  TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX gazette_imports_by_time ON gazette_imports (created_at, id);
CREATE INDEX gazette_imports_by_file ON gazette_imports (file_id) WHERE file_id IS NOT NULL;
CREATE INDEX gazette_imports_by_department ON gazette_imports (department_id);
CREATE INDEX gazette_imports_waiting ON gazette_imports (sm3) WHERE state = 'waiting';

-- Public issues. file_sm3 is that of the original, sm3 that of the canonical form.
CREATE TABLE gazette_issues (
    id           TEXT NOT NULL PRIMARY KEY,
    version      INTEGER NOT NULL,
    year         INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    day          TEXT NOT NULL,
    title        TEXT NOT NULL,
    cover        INTEGER NOT NULL,
    file_sm3     TEXT NOT NULL REFERENCES printed_files (sm3),
    page_count   INTEGER NOT NULL,
    missing      TEXT NOT NULL,
    contents     TEXT NOT NULL,
    texts        TEXT NOT NULL,
    sm3          TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    UNIQUE (year, number)
) STRICT;
CREATE INDEX gazette_issues_by_file ON gazette_issues (file_sm3);

CREATE TABLE gazette_pieces (
    id         TEXT NOT NULL PRIMARY KEY,
    issue_id   TEXT NOT NULL REFERENCES gazette_issues (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    title      TEXT NOT NULL,
    doc_number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    issuer     TEXT NOT NULL,
    category   TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    top        REAL NOT NULL,
    last_page  INTEGER NOT NULL,
    bottom     REAL NOT NULL,
    policy_id  TEXT NOT NULL, -- '' for none; it may have been withdrawn since
    flow       TEXT NOT NULL
) STRICT;
CREATE INDEX gazette_pieces_by_issue ON gazette_pieces (issue_id, position);
CREATE INDEX gazette_pieces_by_policy ON gazette_pieces (policy_id) WHERE policy_id <> '';

-- How many issues a year has, and why some are not here.
CREATE TABLE gazette_years (
    year    INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    issues  INTEGER NOT NULL,
    gaps    TEXT NOT NULL
) STRICT;
