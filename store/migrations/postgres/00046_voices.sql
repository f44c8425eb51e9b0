-- +goose Up
-- The sound of parts of documents. part_key tells what is heard: the same words are spoken
-- once, unless somebody asks for it. The MP3 lies in the file storage under blob_key.
CREATE TABLE voice_parts (
    id       TEXT NOT NULL PRIMARY KEY,
    part_key TEXT NOT NULL,
    blob_key TEXT NOT NULL,
    size     BIGINT NOT NULL,
    samples  BIGINT NOT NULL,
    marks    TEXT NOT NULL,
    made_at  BIGINT NOT NULL
);
CREATE INDEX voice_parts_by_key ON voice_parts (part_key, made_at);

-- What public documents sound like, and what waits to be made (wanted_at > 0). voice_key
-- is '' while there is none. version is the document's that was looked at last. Parts from
-- before anew do not do.
CREATE TABLE voices (
    kind       TEXT NOT NULL,
    id         TEXT NOT NULL,
    version    BIGINT NOT NULL,
    voice_key  TEXT NOT NULL,
    engine     TEXT NOT NULL,
    size       BIGINT NOT NULL,
    length     BIGINT NOT NULL,
    marks      TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    wanted_at  BIGINT NOT NULL,
    stamp      BIGINT NOT NULL,
    anew       BIGINT NOT NULL,
    done       BIGINT NOT NULL,
    total      BIGINT NOT NULL,
    attempts   BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    problem    TEXT NOT NULL,
    held_until BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX voices_wanted ON voices (wanted_at, kind, id) WHERE wanted_at > 0;
CREATE INDEX voices_by_engine ON voices (engine, kind, id);

-- Of which parts a voice is made, in their order.
CREATE TABLE voice_uses (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    position BIGINT NOT NULL,
    part_id  TEXT NOT NULL REFERENCES voice_parts (id),
    PRIMARY KEY (kind, id, position),
    FOREIGN KEY (kind, id) REFERENCES voices (kind, id) ON DELETE CASCADE
);
CREATE INDEX voice_uses_by_part ON voice_uses (part_id);
