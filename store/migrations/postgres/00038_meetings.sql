-- +goose Up
-- Where meetings of one sort stand. The first one, and those that the government keeps
-- apart by name, are there from the beginning; an administrator adds others.
CREATE TABLE meeting_columns (
    id       TEXT NOT NULL PRIMARY KEY,
    version  BIGINT NOT NULL,
    name     TEXT NOT NULL UNIQUE,
    numbered BIGINT NOT NULL,
    position BIGINT NOT NULL,
    retired  BIGINT NOT NULL
);
INSERT INTO meeting_columns (id, version, name, numbered, position, retired) VALUES
    ('executive', 1, '市政府常务会议', 1, 1, 0),
    ('epidemic', 1, '疫情防控', 0, 2, 0),
    ('livelihood', 1, '民生实事', 0, 3, 0),
    ('employment', 1, '稳定就业', 0, 4, 0),
    ('safety', 1, '安全生产', 0, 5, 0),
    ('heating', 1, '冬季供热保障', 0, 6, 0);

-- Public meetings. withheld are the legal grounds of the items that are not public, of
-- which nothing else is here.
CREATE TABLE meetings (
    id           TEXT NOT NULL PRIMARY KEY,
    version      BIGINT NOT NULL,
    column_id    TEXT NOT NULL REFERENCES meeting_columns (id),
    term         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    title        TEXT NOT NULL,
    day          TEXT NOT NULL,
    begins       TEXT NOT NULL,
    place        TEXT NOT NULL,
    chair        TEXT NOT NULL,
    guests       TEXT NOT NULL,
    video_url    TEXT NOT NULL,
    source_url   TEXT NOT NULL,
    withheld     TEXT NOT NULL,
    sm3          TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    text         TEXT NOT NULL,
    body         TEXT NOT NULL
);
CREATE INDEX meetings_by_column ON meetings (column_id, day, id);
CREATE INDEX meetings_by_day ON meetings (day, id);

CREATE TABLE meeting_departments (
    meeting_id    TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (meeting_id, position)
);
CREATE INDEX meeting_departments_by_department ON meeting_departments (department_id);

-- What public meetings dealt with. The ID of an item stays through corrections.
CREATE TABLE agenda_items (
    id         TEXT NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    title      TEXT NOT NULL,
    decision   TEXT NOT NULL,
    video_url  TEXT NOT NULL,
    text       TEXT NOT NULL,
    body       TEXT NOT NULL
);
CREATE INDEX agenda_items_by_meeting ON agenda_items (meeting_id, position);

CREATE TABLE agenda_item_reporters (
    item_id       TEXT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (item_id, position)
);
CREATE INDEX agenda_item_reporters_by_department ON agenda_item_reporters (department_id);

CREATE TABLE agenda_item_departments (
    item_id       TEXT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (item_id, position)
);
CREATE INDEX agenda_item_departments_by_department ON agenda_item_departments (department_id);

CREATE TABLE agenda_item_topics (
    item_id  TEXT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    topic_id TEXT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (item_id, position)
);
CREATE INDEX agenda_item_topics_by_topic ON agenda_item_topics (topic_id);

-- The items of public meetings that are not public, for who corrects the meeting: in no
-- list, no index and no answer to anybody else.
CREATE TABLE withheld_items (
    meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (meeting_id, position)
);
