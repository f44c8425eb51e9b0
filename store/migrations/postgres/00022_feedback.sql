-- +goose Up
-- Mistakes that residents find, complaints and suggestions about the service
-- itself. Whatever somebody wrote is sealed. An erased account leaves no
-- resident in the row.
CREATE TABLE feedback (
    id                 TEXT NOT NULL PRIMARY KEY,
    number             TEXT NOT NULL UNIQUE,
    resident_id        TEXT REFERENCES residents (id),
    kind               TEXT NOT NULL,
    text_sealed        BYTEA NOT NULL,
    about_kind         TEXT NOT NULL,
    about_id           TEXT NOT NULL,
    about_title        TEXT NOT NULL,
    about_anchor       TEXT NOT NULL,
    about_label        TEXT NOT NULL,
    about_quote_sealed BYTEA,
    state              TEXT NOT NULL,
    department_id      TEXT REFERENCES departments (id),
    asked_at           BIGINT NOT NULL,
    created_at         BIGINT NOT NULL,
    updated_at         BIGINT NOT NULL,
    version            BIGINT NOT NULL
);
CREATE INDEX feedback_by_resident ON feedback (resident_id, created_at);
CREATE INDEX feedback_by_state ON feedback (state, asked_at);
CREATE INDEX feedback_by_department ON feedback (department_id, state, asked_at);
CREATE INDEX feedback_by_time ON feedback (created_at);
CREATE INDEX feedback_by_about ON feedback (about_kind, about_id);

-- Answers, and what the resident says of each; satisfaction is 0 while it is
-- unrated.
CREATE TABLE feedback_answers (
    id            TEXT NOT NULL PRIMARY KEY,
    feedback_id   TEXT NOT NULL REFERENCES feedback (id),
    n             BIGINT NOT NULL,
    text_sealed   BYTEA NOT NULL,
    reason_sealed BYTEA,
    outcome       TEXT NOT NULL,
    department_id TEXT REFERENCES departments (id),
    staff_id      TEXT NOT NULL,
    asked_at      BIGINT NOT NULL,
    answered_at   BIGINT NOT NULL,
    satisfaction  BIGINT NOT NULL,
    solved        BIGINT NOT NULL,
    rating_sealed BYTEA,
    rated_at      BIGINT NOT NULL,
    UNIQUE (feedback_id, n)
);
CREATE INDEX feedback_answers_by_time ON feedback_answers (answered_at);
CREATE INDEX feedback_answers_by_department ON feedback_answers (department_id);

-- What was done, step by step.
CREATE TABLE feedback_events (
    id            TEXT NOT NULL PRIMARY KEY,
    feedback_id   TEXT NOT NULL REFERENCES feedback (id),
    n             BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    what          TEXT NOT NULL,
    staff_id      TEXT NOT NULL,
    department_id TEXT REFERENCES departments (id),
    text_sealed   BYTEA,
    UNIQUE (feedback_id, n)
);
CREATE INDEX feedback_events_by_department ON feedback_events (department_id);
