-- +goose Up
-- The files that a document had when it was public: they are kept as long as it.
CREATE TABLE revision_files (
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    file_id TEXT    NOT NULL REFERENCES files (id),
    PRIMARY KEY (kind, id, version, file_id),
    FOREIGN KEY (kind, id, version) REFERENCES revisions (kind, id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_files_by_file ON revision_files (file_id);

-- Revisions that nobody of the public may read any more: they stay as proof.
CREATE TABLE revision_closures (
    kind      TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    closed_by TEXT    NOT NULL,
    closed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id, version),
    FOREIGN KEY (kind, id, version) REFERENCES revisions (kind, id, version)
) STRICT, WITHOUT ROWID;

-- Who has a document, or a file of one, finds by its hash when it was public.
CREATE INDEX revisions_by_sm3 ON revisions (sm3);
CREATE INDEX files_by_sm3 ON files (sm3);
