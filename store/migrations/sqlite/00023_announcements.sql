-- +goose Up
-- How often what is followed is told, and whether it rests.
ALTER TABLE follows ADD COLUMN pace TEXT NOT NULL DEFAULT 'now';
ALTER TABLE follows ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
DROP INDEX follows_by_key;
CREATE INDEX follows_by_key ON follows (kind, key, resident_id, pace, paused);

-- A change on its way to those who follow what it touches, or a round of digests.
-- after is the resident who was reached last;
-- trimmed is the field that WeChat would not take as it was, refused why it takes none of the messages.
CREATE TABLE announcements (
    id         TEXT NOT NULL PRIMARY KEY,
    sort       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    object     TEXT NOT NULL,
    what       TEXT NOT NULL,
    title      TEXT NOT NULL,
    note       TEXT NOT NULL,
    rank       INTEGER NOT NULL,
    stage      TEXT NOT NULL,
    after      TEXT NOT NULL DEFAULT '',
    trimmed    TEXT NOT NULL DEFAULT '',
    refused    TEXT NOT NULL DEFAULT '',
    told       INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    spread_at  INTEGER NOT NULL DEFAULT 0,
    ended_at   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX announcements_under_way ON announcements (stage, rank, id) WHERE ended_at = 0;
CREATE INDEX announcements_by_object ON announcements (kind, object);
CREATE INDEX announcements_by_time ON announcements (created_at);

-- What a change touches: whoever follows one of these is told.
CREATE TABLE announcement_touches (
    announcement_id TEXT NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    key             TEXT NOT NULL,
    PRIMARY KEY (announcement_id, kind, key)
) STRICT;

-- Who is told because a saved search finds the document.
CREATE TABLE announcement_finds (
    announcement_id TEXT NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    resident_id     TEXT NOT NULL,
    key             TEXT NOT NULL,
    pace            TEXT NOT NULL,
    PRIMARY KEY (announcement_id, resident_id)
) STRICT;

-- What a resident was told (消息): one for one change, however many follows match.
CREATE TABLE notices (
    resident_id     TEXT NOT NULL REFERENCES residents (id),
    announcement_id TEXT NOT NULL REFERENCES announcements (id),
    why_kind        TEXT NOT NULL,
    why_key         TEXT NOT NULL,
    pace            TEXT NOT NULL,
    told_at         INTEGER NOT NULL,
    read_at         INTEGER NOT NULL DEFAULT 0,
    deleted_at      INTEGER NOT NULL DEFAULT 0,
    digest          TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (resident_id, announcement_id)
) STRICT;
CREATE INDEX notices_by_time ON notices (told_at);
CREATE INDEX notices_for_digests ON notices (pace, resident_id) WHERE pace <> 'now' AND digest = '';

-- A message through WeChat (投递): one at most for one person and one announcement.
CREATE TABLE deliveries (
    id              TEXT NOT NULL PRIMARY KEY,
    announcement_id TEXT NOT NULL REFERENCES announcements (id),
    resident_id     TEXT NOT NULL REFERENCES residents (id),
    template        TEXT NOT NULL,
    state           TEXT NOT NULL,
    why             TEXT NOT NULL DEFAULT '',
    code            INTEGER NOT NULL DEFAULT 0,
    field           TEXT NOT NULL DEFAULT '',
    msgid           TEXT NOT NULL DEFAULT '',
    tries           INTEGER NOT NULL DEFAULT 0,
    due_at          INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    called_at       INTEGER NOT NULL DEFAULT 0,
    settled_at      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (resident_id, announcement_id)
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (announcement_id, due_at) WHERE state = 'pending';
CREATE UNIQUE INDEX deliveries_calling ON deliveries (resident_id) WHERE state = 'calling';
CREATE INDEX deliveries_by_state ON deliveries (announcement_id, state);
CREATE INDEX deliveries_by_msgid ON deliveries (msgid) WHERE msgid <> '';
CREATE INDEX deliveries_by_day ON deliveries (resident_id, created_at);

-- Why nothing is sent for now: of one template, or ('') of all.
CREATE TABLE push_gates (
    template  TEXT NOT NULL PRIMARY KEY,
    why       TEXT NOT NULL,
    code      INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    staff_id  TEXT NOT NULL DEFAULT '',
    reason    TEXT NOT NULL DEFAULT ''
) STRICT;

-- When and how often a resident wants to be told; who is not in it has what is usual.
CREATE TABLE push_settings (
    resident_id TEXT NOT NULL PRIMARY KEY REFERENCES residents (id),
    quiet_from  INTEGER NOT NULL,
    quiet_until INTEGER NOT NULL,
    most        INTEGER NOT NULL,
    muted_at    INTEGER NOT NULL DEFAULT 0,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;
