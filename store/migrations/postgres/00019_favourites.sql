-- +goose Up
-- What a resident keeps (收藏). The title and the number are those of when it was
-- kept: a document that is gone later is shown by them.
CREATE TABLE favourites (
    resident_id TEXT   NOT NULL REFERENCES residents (id),
    kind        TEXT   NOT NULL,
    key         TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    doc_number  TEXT   NOT NULL,
    number_key  TEXT   NOT NULL,
    kept_at     BIGINT NOT NULL,
    PRIMARY KEY (resident_id, kind, key)
);
CREATE INDEX favourites_by_time ON favourites (resident_id, kept_at, key);
CREATE INDEX favourites_by_key ON favourites (kind, key);
