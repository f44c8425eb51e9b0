-- +goose Up
-- How many residents follow a topic or a department, counted in the small hours of
-- each day. The row of kind '' says that the day was counted.
CREATE TABLE follow_counts (
    kind      TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    day       TEXT   NOT NULL,
    followers BIGINT NOT NULL,
    PRIMARY KEY (kind, key, day)
);
