-- +goose Up
-- Drafts that everybody may speak to, as everybody may read them. report_day is empty
-- until it is public what became of what was said.
CREATE TABLE consultations (
    id           TEXT NOT NULL PRIMARY KEY,
    version      INTEGER NOT NULL,
    title        TEXT NOT NULL,
    sort         TEXT NOT NULL,
    opens        TEXT NOT NULL,
    closes       TEXT NOT NULL,
    short_reason TEXT NOT NULL,
    edition      INTEGER NOT NULL,
    editions     TEXT NOT NULL,
    contact      TEXT NOT NULL,
    use_of       TEXT NOT NULL,
    open         INTEGER NOT NULL,
    questions    TEXT NOT NULL,
    report_day   TEXT NOT NULL,
    report       TEXT NOT NULL,
    adopted      TEXT NOT NULL,
    counts       TEXT NOT NULL,
    source_url   TEXT NOT NULL,
    sm3          TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    text         TEXT NOT NULL,
    note         TEXT NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX consultations_by_end ON consultations (closes, id);

CREATE TABLE consultation_departments (
    consultation_id TEXT NOT NULL REFERENCES consultations (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    department_id   TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (consultation_id, position)
) STRICT;
CREATE INDEX consultation_departments_by_department ON consultation_departments (department_id);

CREATE TABLE consultation_topics (
    consultation_id TEXT NOT NULL REFERENCES consultations (id) ON DELETE CASCADE,
    position        INTEGER NOT NULL,
    topic_id        TEXT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (consultation_id, position)
) STRICT;
CREATE INDEX consultation_topics_by_topic ON consultation_topics (topic_id);

-- What of a draft one can speak to. The ID of a clause stays through all texts. No
-- reference to consultations: what was said outlives their withdrawal.
CREATE TABLE clauses (
    id              TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    position        INTEGER NOT NULL,
    anchor          TEXT NOT NULL,
    label           TEXT NOT NULL,
    text            TEXT NOT NULL,
    gone            INTEGER NOT NULL,
    into_id         TEXT NOT NULL
) STRICT;
CREATE INDEX clauses_by_consultation ON clauses (consultation_id, position);

-- Opinions that say the same, answered as one.
CREATE TABLE opinion_groups (
    id              TEXT NOT NULL PRIMARY KEY,
    version         INTEGER NOT NULL,
    consultation_id TEXT NOT NULL,
    clause_id       TEXT NOT NULL,
    gist            TEXT NOT NULL,
    verdict         TEXT NOT NULL,
    reason          TEXT NOT NULL,
    place           TEXT NOT NULL,
    answered_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX opinion_groups_by_consultation ON opinion_groups (consultation_id);

-- What somebody said to a draft, once each to the whole and to a clause. What was
-- written is sealed; shown is what a person let everybody read.
CREATE TABLE opinions (
    id               TEXT NOT NULL PRIMARY KEY,
    version          INTEGER NOT NULL,
    consultation_id  TEXT NOT NULL,
    resident_id      TEXT REFERENCES residents (id),
    clause_id        TEXT NOT NULL,
    clause_label     TEXT NOT NULL,
    source           TEXT NOT NULL,
    edition          INTEGER NOT NULL,
    stance           TEXT NOT NULL,
    words            INTEGER NOT NULL,
    text_sealed      BLOB,
    wording_sealed   BLOB,
    signature_sealed BLOB,
    state            TEXT NOT NULL,
    why              TEXT NOT NULL,
    shown            TEXT NOT NULL,
    shown_wording    TEXT NOT NULL,
    supports         INTEGER NOT NULL,
    group_id         TEXT NOT NULL,
    verdict          TEXT NOT NULL,
    reason           TEXT NOT NULL,
    place            TEXT NOT NULL,
    given_at         INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    answered_at      INTEGER NOT NULL,
    UNIQUE (consultation_id, resident_id, clause_id)
) STRICT;
CREATE INDEX opinions_by_consultation ON opinions (consultation_id, clause_id, id);
CREATE INDEX opinions_by_resident ON opinions (resident_id, updated_at);
CREATE INDEX opinions_by_group ON opinions (group_id);
CREATE INDEX opinions_unanswered ON opinions (consultation_id, verdict);

CREATE TABLE opinion_supports (
    opinion_id  TEXT NOT NULL REFERENCES opinions (id) ON DELETE CASCADE,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    at          INTEGER NOT NULL,
    PRIMARY KEY (opinion_id, resident_id)
) STRICT;
CREATE INDEX opinion_supports_by_resident ON opinion_supports (resident_id);

-- Who opened the form before the end may send a little after it.
CREATE TABLE opinion_forms (
    consultation_id TEXT NOT NULL,
    resident_id     TEXT NOT NULL REFERENCES residents (id),
    opened_at       INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, resident_id)
) STRICT;
CREATE INDEX opinion_forms_by_resident ON opinion_forms (resident_id);

CREATE TABLE survey_answers (
    id              TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    question_id     TEXT NOT NULL,
    resident_id     TEXT REFERENCES residents (id),
    options         TEXT NOT NULL,
    scale           INTEGER NOT NULL,
    text_sealed     BLOB,
    updated_at      INTEGER NOT NULL,
    UNIQUE (consultation_id, question_id, resident_id)
) STRICT;
CREATE INDEX survey_answers_by_resident ON survey_answers (resident_id);
