-- +goose Up
-- Letters to the government. Whatever somebody wrote is sealed, and so is where and
-- who. An erased account leaves no resident in the row. due_day is what the
-- calendar said when the handling began: lists go by it; overdue is nowhere kept.
CREATE TABLE letters (
    id               TEXT NOT NULL PRIMARY KEY,
    number           TEXT NOT NULL UNIQUE,
    resident_id      TEXT REFERENCES residents (id),
    channel          TEXT NOT NULL,
    source           TEXT NOT NULL,
    topic_id         TEXT NOT NULL,
    wanted_department_id        TEXT REFERENCES departments (id),
    title_sealed     BYTEA NOT NULL,
    text_sealed      BYTEA NOT NULL,
    place_sealed     BYTEA,
    contact_sealed   BYTEA,
    may_publish      BIGINT NOT NULL,
    anonymous        BIGINT NOT NULL,
    checked          TEXT NOT NULL,
    state            TEXT NOT NULL,
    lead_department_id          TEXT REFERENCES departments (id),
    handler_id       TEXT NOT NULL,
    round            BIGINT NOT NULL,
    designated       BIGINT NOT NULL,
    term_workdays    BIGINT NOT NULL,
    term_law         TEXT NOT NULL,
    term_article     TEXT NOT NULL,
    extended_workdays BIGINT NOT NULL,
    extended_was     TEXT NOT NULL,
    extended_by      TEXT NOT NULL,
    extended_at      BIGINT NOT NULL,
    extension_sealed BYTEA,
    ground           TEXT NOT NULL,
    merged_into      TEXT REFERENCES letters (id),
    entered_by       TEXT NOT NULL,
    received_at      BIGINT NOT NULL,
    asked_at         BIGINT NOT NULL,
    due_day          TEXT NOT NULL,
    updated_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL
);
CREATE INDEX letters_open ON letters (due_day, id) WHERE due_day <> '';
CREATE INDEX letters_open_by_lead ON letters (lead_department_id, due_day, id) WHERE due_day <> '';
CREATE INDEX letters_by_lead ON letters (lead_department_id, received_at, id);
CREATE INDEX letters_by_state ON letters (state, received_at, id);
CREATE INDEX letters_by_time ON letters (received_at, id);
CREATE INDEX letters_by_resident ON letters (resident_id, received_at);
CREATE INDEX letters_by_handler ON letters (handler_id) WHERE due_day <> '';
CREATE INDEX letters_unchecked ON letters (received_at) WHERE checked = '';
CREATE INDEX letters_by_wanted ON letters (wanted_department_id);
CREATE INDEX letters_by_merged ON letters (merged_into);

-- Pictures and documents: letter_id is empty until the letter is sent, resident_id
-- where staff handed it in.
CREATE TABLE letter_files (
    file_id     TEXT NOT NULL PRIMARY KEY REFERENCES files (id),
    letter_id   TEXT REFERENCES letters (id),
    resident_id TEXT REFERENCES residents (id),
    n           BIGINT NOT NULL,
    name_sealed BYTEA NOT NULL,
    added_at    BIGINT NOT NULL
);
CREATE INDEX letter_files_by_letter ON letter_files (letter_id, n);
CREATE INDEX letter_files_by_resident ON letter_files (resident_id, added_at);

-- Offices that help, and what they say.
CREATE TABLE letter_assists (
    letter_id     TEXT NOT NULL REFERENCES letters (id),
    department_id TEXT NOT NULL REFERENCES departments (id),
    n             BIGINT NOT NULL,
    asked_at      BIGINT NOT NULL,
    text_sealed   BYTEA,
    staff_id      TEXT NOT NULL,
    said_at       BIGINT NOT NULL,
    PRIMARY KEY (letter_id, department_id)
);
CREATE INDEX letter_assists_by_department ON letter_assists (department_id, letter_id);

-- Replies, and what the author says of each: sent_at is 0 while one waits for its
-- signature, satisfaction while it is unrated.
CREATE TABLE letter_replies (
    id            TEXT NOT NULL PRIMARY KEY,
    letter_id     TEXT NOT NULL REFERENCES letters (id),
    n             BIGINT NOT NULL,
    round         BIGINT NOT NULL,
    text_sealed   BYTEA NOT NULL,
    basis         TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    department_id TEXT REFERENCES departments (id),
    drafted_by    TEXT NOT NULL,
    drafted_at    BIGINT NOT NULL,
    signed_by     TEXT NOT NULL,
    sent_at       BIGINT NOT NULL,
    sent_day      TEXT NOT NULL,
    asked_at      BIGINT NOT NULL,
    due_day       TEXT NOT NULL,
    response      BIGINT NOT NULL,
    solved        BIGINT NOT NULL,
    satisfaction  BIGINT NOT NULL,
    rating_sealed BYTEA,
    rated_at      BIGINT NOT NULL,
    UNIQUE (letter_id, n)
);
CREATE INDEX letter_replies_by_time ON letter_replies (sent_at);
CREATE INDEX letter_replies_by_department ON letter_replies (department_id, sent_at);

-- What the mayor's office wants done.
CREATE TABLE letter_instructions (
    id            TEXT NOT NULL PRIMARY KEY,
    letter_id     TEXT NOT NULL REFERENCES letters (id),
    n             BIGINT NOT NULL,
    text_sealed   BYTEA NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    staff_id      TEXT NOT NULL,
    at            BIGINT NOT NULL,
    report_sealed BYTEA,
    reported_by   TEXT NOT NULL,
    reported_at   BIGINT NOT NULL,
    UNIQUE (letter_id, n)
);
CREATE INDEX letter_instructions_by_department ON letter_instructions (department_id, letter_id);

-- What was done, step by step.
CREATE TABLE letter_events (
    id            TEXT NOT NULL PRIMARY KEY,
    letter_id     TEXT NOT NULL REFERENCES letters (id),
    n             BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    what          TEXT NOT NULL,
    staff_id      TEXT NOT NULL,
    department_id TEXT REFERENCES departments (id),
    text_sealed   BYTEA,
    UNIQUE (letter_id, n)
);
CREATE INDEX letter_events_by_department ON letter_events (department_id);

-- What a resident has begun to write, one to a channel.
CREATE TABLE letter_drafts (
    resident_id TEXT NOT NULL REFERENCES residents (id),
    channel     TEXT NOT NULL,
    text_sealed BYTEA NOT NULL,
    updated_at  BIGINT NOT NULL,
    PRIMARY KEY (resident_id, channel)
);
