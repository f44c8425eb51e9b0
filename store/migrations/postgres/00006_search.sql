-- +goose Up
-- Documents whose index entry may be behind. A row carries only the name: the
-- worker reads what is true now. stamp tells a row from the same row queued again.
CREATE TABLE search_outbox (
    kind       TEXT   NOT NULL,
    doc_id     TEXT   NOT NULL,
    stamp      BIGINT NOT NULL DEFAULT 1,
    queued_at  BIGINT NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    next_at    BIGINT NOT NULL DEFAULT 0,
    last_error TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (kind, doc_id)
);
CREATE INDEX search_outbox_by_next ON search_outbox (next_at, queued_at);

CREATE TABLE search_rebuilds (
    id          TEXT   NOT NULL PRIMARY KEY,
    asked_at    BIGINT NOT NULL,
    started_at  BIGINT NOT NULL DEFAULT 0,
    finished_at BIGINT NOT NULL DEFAULT 0,
    done        BIGINT NOT NULL DEFAULT 0,
    total       BIGINT NOT NULL DEFAULT 0,
    error       TEXT   NOT NULL DEFAULT ''
);

CREATE TABLE synonyms (
    id    TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
);

-- How often a word was searched on a day; who searched is not kept.
CREATE TABLE hot_words (
    day   TEXT   NOT NULL,
    word  TEXT   NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, word)
);
