-- +goose Up
-- The last number that was given of each series in each year. It grows in the
-- transaction of what is numbered, so that none is left out.
CREATE TABLE numbers (
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (series, year)
) STRICT;
