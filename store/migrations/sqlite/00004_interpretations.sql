-- +goose Up
CREATE TABLE interpretations (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         INTEGER NOT NULL,
    identity        TEXT   NOT NULL UNIQUE,
    title           TEXT   NOT NULL,
    published_date  TEXT   NOT NULL,
    picture_file_id TEXT   REFERENCES files (id),
    picture_text    TEXT   NOT NULL,
    video_url       TEXT   NOT NULL,
    source_url      TEXT   NOT NULL,
    sm3             TEXT   NOT NULL,
    published_at    INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    text            TEXT   NOT NULL,
    body            TEXT   NOT NULL,
    questions       TEXT   NOT NULL
) STRICT;

CREATE TABLE interpretation_departments (
    interpretation_id TEXT   NOT NULL REFERENCES interpretations (id) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    department_id     TEXT   NOT NULL REFERENCES departments (id),
    PRIMARY KEY (interpretation_id, position)
) STRICT;

-- policy_id is empty while the interpreted policy is not here.
CREATE TABLE interpretation_policies (
    interpretation_id TEXT   NOT NULL REFERENCES interpretations (id) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    policy_id         TEXT   REFERENCES policies (id) ON DELETE SET NULL,
    wanted_id         TEXT   NOT NULL DEFAULT '',
    target_key        TEXT   NOT NULL,
    target_title      TEXT   NOT NULL,
    PRIMARY KEY (interpretation_id, position)
) STRICT;
CREATE INDEX interpretation_policies_by_policy ON interpretation_policies (policy_id);
CREATE INDEX interpretation_policies_wanting ON interpretation_policies (wanted_id) WHERE policy_id IS NULL AND wanted_id <> '';
CREATE INDEX interpretation_policies_waiting ON interpretation_policies (target_key, target_title) WHERE policy_id IS NULL;
