-- +goose Up
CREATE TABLE files (
    id         TEXT   NOT NULL PRIMARY KEY,
    blob_key   TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    media_type TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    sm3        TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE attachments (
    owner_kind TEXT   NOT NULL,
    owner_id   TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    file_id    TEXT   NOT NULL REFERENCES files (id),
    name       TEXT   NOT NULL DEFAULT '', -- "" for the one of the file
    role       TEXT   NOT NULL DEFAULT 'attachment', -- or 'picture', in the body
    PRIMARY KEY (owner_kind, owner_id, position)
);
CREATE INDEX attachments_by_file ON attachments (file_id);
