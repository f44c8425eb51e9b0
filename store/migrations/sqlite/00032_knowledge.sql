-- +goose Up
-- What offices answer when they are asked something. It names nobody but staff. That an
-- entry is due for its review is nowhere kept, and nor is that nobody looks after it:
-- staff_id may be somebody who has left.
CREATE TABLE knowledge (
    id            TEXT NOT NULL PRIMARY KEY,
    department_id TEXT NOT NULL REFERENCES departments (id),
    staff_id      TEXT NOT NULL,
    state         TEXT NOT NULL,
    question      TEXT NOT NULL,
    answer        TEXT NOT NULL,
    other_ways    TEXT NOT NULL,
    topic_ids     TEXT NOT NULL,
    months        INTEGER NOT NULL,
    reviewed_day  TEXT NOT NULL,
    review_day    TEXT NOT NULL,
    request_note  TEXT NOT NULL,
    requested_by  TEXT NOT NULL,
    requested_at  INTEGER NOT NULL,
    reply_id      TEXT REFERENCES letter_replies (id),
    sample        INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    updated_by    TEXT NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_by_department ON knowledge (department_id, state);
CREATE INDEX knowledge_by_staff ON knowledge (staff_id);
CREATE UNIQUE INDEX knowledge_by_reply ON knowledge (reply_id);

-- The policies that an entry rests on, by the names that they had: one that is
-- withdrawn has no row of its own any more.
CREATE TABLE knowledge_policies (
    knowledge_id TEXT NOT NULL REFERENCES knowledge (id),
    position     INTEGER NOT NULL,
    policy_id    TEXT NOT NULL,
    title        TEXT NOT NULL,
    doc_number   TEXT NOT NULL,
    article      TEXT NOT NULL,
    PRIMARY KEY (knowledge_id, position)
) STRICT;
CREATE INDEX knowledge_policies_by_policy ON knowledge_policies (policy_id);

-- Texts by which replies are begun; without a department, for the whole city.
CREATE TABLE reply_templates (
    id            TEXT NOT NULL PRIMARY KEY,
    department_id TEXT REFERENCES departments (id),
    name          TEXT NOT NULL,
    text          TEXT NOT NULL,
    sample        INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    updated_by    TEXT NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX reply_templates_by_department ON reply_templates (department_id);
