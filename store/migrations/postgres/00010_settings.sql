-- +goose Up
CREATE TABLE settings (
    name       TEXT NOT NULL PRIMARY KEY,
    content    TEXT NOT NULL,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Holiday notices that an administrator loaded; they stand before the table
-- that the product brings along.
CREATE TABLE holiday_years (
    year       BIGINT NOT NULL PRIMARY KEY,
    content    TEXT NOT NULL,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
