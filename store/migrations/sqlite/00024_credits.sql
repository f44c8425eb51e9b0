-- +goose Up
-- How many messages a resident still allows us to send for a purpose (订阅次数).
-- What is spent is only counted here: each message has its row in deliveries.
-- spent_at and zeroed_at are to the second, as WeChat tells times.
CREATE TABLE credits (
    resident_id TEXT NOT NULL REFERENCES residents (id),
    template    TEXT NOT NULL,
    count       INTEGER NOT NULL DEFAULT 0,
    lasting     INTEGER NOT NULL DEFAULT 0,
    answer      TEXT NOT NULL DEFAULT '',
    answered_at INTEGER NOT NULL DEFAULT 0,
    spent       INTEGER NOT NULL DEFAULT 0,
    spent_at    INTEGER NOT NULL DEFAULT 0,
    zeroed_at   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (resident_id, template)
) STRICT;

-- Every telling of what a resident answered. A tap is told by the phone, by an
-- event of WeChat's, or by both: then report_id of the event is the entry of the
-- phone's report. mark tells events of one second apart.
CREATE TABLE credit_entries (
    id          TEXT NOT NULL PRIMARY KEY,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    template    TEXT NOT NULL,
    answer      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    source      TEXT NOT NULL,
    mark        TEXT NOT NULL,
    report_id   TEXT NOT NULL DEFAULT '',
    told_at     INTEGER NOT NULL,
    UNIQUE (resident_id, template, answer, at, source, mark)
) STRICT;
CREATE INDEX credit_entries_by_time ON credit_entries (told_at);
