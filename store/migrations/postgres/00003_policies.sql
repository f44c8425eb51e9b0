-- +goose Up
CREATE TABLE policies (
    id             TEXT   NOT NULL PRIMARY KEY,
    version        BIGINT NOT NULL,
    identity       TEXT   NOT NULL UNIQUE,
    title          TEXT   NOT NULL,
    doc_number     TEXT   NOT NULL,
    number_key     TEXT   NOT NULL,
    index_number   TEXT   NOT NULL,
    theme          TEXT   NOT NULL,
    category       TEXT   NOT NULL,
    written_date   TEXT   NOT NULL,
    published_date TEXT   NOT NULL,
    effective_date TEXT   NOT NULL,
    expiry_date    TEXT   NOT NULL,
    stated         TEXT   NOT NULL,
    source_url     TEXT   NOT NULL,
    unexplained    TEXT   NOT NULL DEFAULT '', -- why it needs no interpretation
    sm3            TEXT   NOT NULL,
    -- Derived by the store from the tables below: what every list shows.
    department_ids TEXT   NOT NULL DEFAULT '',
    topic_ids      TEXT   NOT NULL DEFAULT '',
    amended_on     TEXT   NOT NULL DEFAULT '',
    repealed_on    TEXT   NOT NULL DEFAULT '',
    interpreted    BIGINT NOT NULL DEFAULT 0,
    published_at   BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    text           TEXT   NOT NULL,
    body           TEXT   NOT NULL
);
CREATE INDEX policies_by_number ON policies (number_key);
CREATE INDEX policies_by_title ON policies (title);
CREATE INDEX policies_by_day ON policies (published_date, id);

CREATE TABLE policy_departments (
    policy_id     TEXT   NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT   NOT NULL REFERENCES departments (id),
    PRIMARY KEY (policy_id, position)
);
CREATE INDEX policy_departments_by_department ON policy_departments (department_id);

CREATE TABLE policy_topics (
    policy_id TEXT   NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    topic_id  TEXT   NOT NULL REFERENCES topics (id),
    PRIMARY KEY (policy_id, position)
);
CREATE INDEX policy_topics_by_topic ON policy_topics (topic_id);

-- What one policy says of another; target_id is empty while that one is not here.
-- wanted_id is the one that an editor chose, which may not be public yet, or any more.
CREATE TABLE policy_relations (
    from_id      TEXT   NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    target_id    TEXT   REFERENCES policies (id) ON DELETE SET NULL,
    wanted_id    TEXT   NOT NULL DEFAULT '',
    target_key   TEXT   NOT NULL,
    target_title TEXT   NOT NULL,
    since        TEXT   NOT NULL,
    PRIMARY KEY (from_id, position)
);
CREATE INDEX policy_relations_by_target ON policy_relations (target_id, kind);
CREATE INDEX policy_relations_wanting ON policy_relations (wanted_id) WHERE target_id IS NULL AND wanted_id <> '';
CREATE INDEX policy_relations_waiting ON policy_relations (target_key, target_title) WHERE target_id IS NULL;
