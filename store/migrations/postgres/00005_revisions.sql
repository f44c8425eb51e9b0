-- +goose Up
-- What was public, in its canonical form (docs/canonical-form.md).
CREATE TABLE revisions (
    kind      TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    sm3       TEXT   NOT NULL,
    canonical TEXT   NOT NULL,
    act       TEXT   NOT NULL,
    note      TEXT   NOT NULL,
    saved_at  BIGINT NOT NULL,
    PRIMARY KEY (kind, id, version)
);
