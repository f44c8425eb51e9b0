-- +goose Up
CREATE TABLE settings (
    name       TEXT NOT NULL PRIMARY KEY,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- Holiday notices that an administrator loaded; they stand before the table
-- that the product brings along.
CREATE TABLE holiday_years (
    year       INTEGER NOT NULL PRIMARY KEY,
    content    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
