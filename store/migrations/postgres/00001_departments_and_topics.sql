-- +goose Up
CREATE TABLE departments (
    id         TEXT   NOT NULL PRIMARY KEY,
    parent_id  TEXT   REFERENCES departments (id),
    name       TEXT   NOT NULL UNIQUE,
    short_name TEXT   NOT NULL DEFAULT '',
    aliases    TEXT   NOT NULL DEFAULT '[]',
    position   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX departments_by_parent ON departments (parent_id, position);

CREATE TABLE topics (
    id          TEXT   NOT NULL PRIMARY KEY,
    name        TEXT   NOT NULL UNIQUE,
    icon        TEXT   NOT NULL,
    explanation TEXT   NOT NULL,
    position    BIGINT NOT NULL
);

-- A mark grows when what it names changes, so that a kept answer can be
-- checked with one small question.
CREATE TABLE marks (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
