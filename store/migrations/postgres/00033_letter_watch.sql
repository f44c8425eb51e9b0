-- +goose Up
-- What the Supervisor looks after: answered_at is 0 while its office says nothing, result
-- empty while it is open, department_id while the Centre has the letter.
CREATE TABLE letter_supervisions (
    id            TEXT NOT NULL PRIMARY KEY,
    letter_id     TEXT NOT NULL REFERENCES letters (id),
    n             BIGINT NOT NULL,
    cause         TEXT NOT NULL,
    why_sealed    BYTEA,
    department_id TEXT REFERENCES departments (id),
    staff_id      TEXT NOT NULL,
    opened_at     BIGINT NOT NULL,
    text_sealed   BYTEA,
    due_day       TEXT NOT NULL,
    answer_sealed BYTEA,
    answered_by   TEXT NOT NULL,
    answered_at   BIGINT NOT NULL,
    result        TEXT NOT NULL,
    note_sealed   BYTEA,
    closed_by     TEXT NOT NULL,
    closed_at     BIGINT NOT NULL,
    UNIQUE (letter_id, n)
);
CREATE INDEX letter_supervisions_open ON letter_supervisions (due_day, id) WHERE result = '';
CREATE INDEX letter_supervisions_closed ON letter_supervisions (closed_at, id) WHERE result <> '';
CREATE INDEX letter_supervisions_by_department ON letter_supervisions (department_id, letter_id);
CREATE INDEX letter_events_returned ON letter_events (at, letter_id) WHERE what = 'returned';
CREATE INDEX letter_replies_unsolved ON letter_replies (rated_at, letter_id) WHERE satisfaction > 0 AND solved = 0;

-- Letters that no office takes for its own: decided_at is 0 while it is open.
CREATE TABLE letter_disputes (
    id              TEXT NOT NULL PRIMARY KEY,
    letter_id       TEXT NOT NULL REFERENCES letters (id),
    n               BIGINT NOT NULL,
    why_sealed      BYTEA NOT NULL,
    raised_by       TEXT NOT NULL,
    raised_at       BIGINT NOT NULL,
    meeting_day     TEXT NOT NULL,
    meeting_sealed  BYTEA,
    department_id   TEXT REFERENCES departments (id),
    decision_sealed BYTEA,
    decided_by      TEXT NOT NULL,
    decided_at      BIGINT NOT NULL,
    UNIQUE (letter_id, n)
);
CREATE INDEX letter_disputes_open ON letter_disputes (letter_id) WHERE decided_at = 0;
CREATE INDEX letter_disputes_by_department ON letter_disputes (department_id);

-- The address of an office's group robot, whose key lets anybody speak for it.
CREATE TABLE office_robots (
    id             TEXT NOT NULL PRIMARY KEY,
    department_id  TEXT NOT NULL UNIQUE REFERENCES departments (id),
    address_sealed BYTEA NOT NULL,
    set_by         TEXT NOT NULL,
    set_at         BIGINT NOT NULL
);

-- What became of each morning's list: one an office and day, whoever sends it.
CREATE TABLE morning_lists (
    department_id TEXT NOT NULL REFERENCES departments (id),
    day           TEXT NOT NULL,
    state         TEXT NOT NULL,
    tries         BIGINT NOT NULL,
    next_at       BIGINT NOT NULL,
    reason        TEXT NOT NULL,
    code          BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    PRIMARY KEY (department_id, day)
);
CREATE INDEX morning_lists_due ON morning_lists (next_at) WHERE state IN ('waiting', 'sending');

-- The lots by which authors are picked for calls, and the calls.
CREATE TABLE letter_samples (
    id         TEXT NOT NULL PRIMARY KEY,
    from_day   TEXT NOT NULL,
    until_day  TEXT NOT NULL,
    share      BIGINT NOT NULL,
    unsolved   BIGINT NOT NULL,
    seed       BIGINT NOT NULL,
    drawn_by   TEXT NOT NULL,
    drawn_at   BIGINT NOT NULL,
    letters    BIGINT NOT NULL
);
CREATE INDEX letter_samples_by_time ON letter_samples (drawn_at, id);

CREATE TABLE letter_calls (
    id           TEXT NOT NULL PRIMARY KEY,
    sample_id    TEXT NOT NULL REFERENCES letter_samples (id),
    letter_id    TEXT NOT NULL REFERENCES letters (id),
    reply_id     TEXT NOT NULL UNIQUE REFERENCES letter_replies (id),
    why          TEXT NOT NULL,
    state        TEXT NOT NULL,
    tries        BIGINT NOT NULL,
    staff_id     TEXT NOT NULL,
    at           BIGINT NOT NULL,
    by_author    BIGINT NOT NULL,
    response     BIGINT NOT NULL,
    solved       BIGINT NOT NULL,
    satisfaction BIGINT NOT NULL,
    said_sealed  BYTEA,
    counted      BIGINT NOT NULL
);
CREATE INDEX letter_calls_by_state ON letter_calls (state, at, id);
CREATE INDEX letter_calls_by_sample ON letter_calls (sample_id, state);
CREATE INDEX letter_calls_by_letter ON letter_calls (letter_id);

-- An author's word that was said at the telephone.
ALTER TABLE letter_replies ADD COLUMN by_call BIGINT NOT NULL DEFAULT 0;
