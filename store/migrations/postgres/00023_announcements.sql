-- +goose Up
-- How often what is followed is told, and whether it rests.
ALTER TABLE follows ADD COLUMN pace TEXT NOT NULL DEFAULT 'now';
ALTER TABLE follows ADD COLUMN paused BIGINT NOT NULL DEFAULT 0;
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
    rank       BIGINT NOT NULL,
    stage      TEXT NOT NULL,
    after      TEXT NOT NULL DEFAULT '',
    trimmed    TEXT NOT NULL DEFAULT '',
    refused    TEXT NOT NULL DEFAULT '',
    told       BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    spread_at  BIGINT NOT NULL DEFAULT 0,
    ended_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX announcements_under_way ON announcements (stage, rank, id) WHERE ended_at = 0;
CREATE INDEX announcements_by_object ON announcements (kind, object);
CREATE INDEX announcements_by_time ON announcements (created_at);

-- What a change touches: whoever follows one of these is told.
CREATE TABLE announcement_touches (
    announcement_id TEXT NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    key             TEXT NOT NULL,
    PRIMARY KEY (announcement_id, kind, key)
);

-- Who is told because a saved search finds the document.
CREATE TABLE announcement_finds (
    announcement_id TEXT NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    resident_id     TEXT NOT NULL,
    key             TEXT NOT NULL,
    pace            TEXT NOT NULL,
    PRIMARY KEY (announcement_id, resident_id)
);

-- What a resident was told (消息): one for one change, however many follows match.
CREATE TABLE notices (
    resident_id     TEXT NOT NULL REFERENCES residents (id),
    announcement_id TEXT NOT NULL REFERENCES announcements (id),
    why_kind        TEXT NOT NULL,
    why_key         TEXT NOT NULL,
    pace            TEXT NOT NULL,
    told_at         BIGINT NOT NULL,
    read_at         BIGINT NOT NULL DEFAULT 0,
    deleted_at      BIGINT NOT NULL DEFAULT 0,
    digest          TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (resident_id, announcement_id)
);
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
    code            BIGINT NOT NULL DEFAULT 0,
    field           TEXT NOT NULL DEFAULT '',
    msgid           TEXT NOT NULL DEFAULT '',
    tries           BIGINT NOT NULL DEFAULT 0,
    due_at          BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    called_at       BIGINT NOT NULL DEFAULT 0,
    settled_at      BIGINT NOT NULL DEFAULT 0,
    UNIQUE (resident_id, announcement_id)
);
CREATE INDEX deliveries_waiting ON deliveries (announcement_id, due_at) WHERE state = 'pending';
CREATE UNIQUE INDEX deliveries_calling ON deliveries (resident_id) WHERE state = 'calling';
CREATE INDEX deliveries_by_state ON deliveries (announcement_id, state);
CREATE INDEX deliveries_by_msgid ON deliveries (msgid) WHERE msgid <> '';
CREATE INDEX deliveries_by_day ON deliveries (resident_id, created_at);

-- Why nothing is sent for now: of one template, or ('') of all.
CREATE TABLE push_gates (
    template  TEXT NOT NULL PRIMARY KEY,
    why       TEXT NOT NULL,
    code      BIGINT NOT NULL,
    since     BIGINT NOT NULL,
    until     BIGINT NOT NULL,
    staff_id  TEXT NOT NULL DEFAULT '',
    reason    TEXT NOT NULL DEFAULT ''
);

-- When and how often a resident wants to be told; who is not in it has what is usual.
CREATE TABLE push_settings (
    resident_id TEXT NOT NULL PRIMARY KEY REFERENCES residents (id),
    quiet_from  BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    most        BIGINT NOT NULL,
    muted_at    BIGINT NOT NULL DEFAULT 0,
    version     BIGINT NOT NULL DEFAULT 1
);
