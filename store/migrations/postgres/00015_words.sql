-- +goose Up
-- The lists of words that a city keeps: synonyms, words shown as searched much or
-- never, words that must not be used and words often mistyped. name is what an
-- entry is of: a list has no two of the same.
CREATE TABLE words (
    id         TEXT   NOT NULL PRIMARY KEY,
    list       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    content    TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT   NOT NULL,
    UNIQUE (list, name)
);

-- Entries that the product knows and a city has switched off.
CREATE TABLE words_off (
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (list, name)
);

DROP TABLE synonyms; -- nothing wrote to it

ALTER TABLE topics ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
