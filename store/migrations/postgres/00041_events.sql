-- +goose Up
-- Public events. report, decision, result and review are told afterwards.
CREATE TABLE events (
    id              TEXT NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL,
    kind            TEXT NOT NULL,
    title           TEXT NOT NULL,
    place           TEXT NOT NULL,
    address         TEXT NOT NULL,
    begins_at       BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    audience        TEXT NOT NULL,
    contacts        TEXT NOT NULL,
    meeting_id      TEXT NOT NULL,
    consultation_id TEXT NOT NULL,
    opens_at        BIGINT NOT NULL,
    closes_at       BIGINT NOT NULL,
    draws_at        BIGINT NOT NULL,
    places          BIGINT NOT NULL,
    how             TEXT NOT NULL,
    most_persons    BIGINT NOT NULL,
    asks_phone      BIGINT NOT NULL,
    asks            TEXT NOT NULL,
    cancelled       TEXT NOT NULL,
    decision        TEXT NOT NULL,
    result          TEXT NOT NULL,
    review          TEXT NOT NULL,
    sm3             TEXT NOT NULL,
    published_at    BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    text            TEXT NOT NULL,
    body            TEXT NOT NULL,
    report          TEXT NOT NULL
);
CREATE INDEX events_by_end ON events (ends_at, id);
CREATE INDEX events_by_begin ON events (begins_at, id);

CREATE TABLE event_departments (
    event_id      TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (event_id, position)
);
CREATE INDEX event_departments_by_department ON event_departments (department_id);

CREATE TABLE event_topics (
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    topic_id TEXT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (event_id, position)
);
CREATE INDEX event_topics_by_topic ON event_topics (topic_id);

-- Who comes is counted here, under the lock of one row. It outlives the public event:
-- whoever signed up can still read what became of it. seed is '' until the draw is done.
CREATE TABLE event_books (
    event_id     TEXT NOT NULL PRIMARY KEY,
    title        TEXT NOT NULL,
    place        TEXT NOT NULL,
    begins_at    BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    opens_at     BIGINT NOT NULL,
    closes_at    BIGINT NOT NULL,
    draws_at     BIGINT NOT NULL,
    places       BIGINT NOT NULL,
    how          TEXT NOT NULL,
    most_persons BIGINT NOT NULL,
    asks_phone   BIGINT NOT NULL,
    asks         TEXT NOT NULL,
    cancelled    BIGINT NOT NULL,
    why          TEXT NOT NULL,
    last         BIGINT NOT NULL,
    taken        BIGINT NOT NULL,
    seed_hash    TEXT NOT NULL,
    seed_sealed  BYTEA,
    seed         TEXT NOT NULL,
    numbers      TEXT NOT NULL,
    numbers_hash TEXT NOT NULL,
    fixed_at     BIGINT NOT NULL,
    drawn_at     BIGINT NOT NULL,
    remind_at    BIGINT NOT NULL,
    reminded_at  BIGINT NOT NULL
);
CREATE INDEX event_books_to_draw ON event_books (closes_at) WHERE how = 'lottery' AND cancelled = 0 AND drawn_at = 0;
CREATE INDEX event_books_to_remind ON event_books (remind_at) WHERE cancelled = 0 AND places > 0 AND reminded_at = 0;

-- Who signed up. What the person told is sealed, and forgotten some weeks after the event.
CREATE TABLE event_sign_ups (
    id            TEXT NOT NULL PRIMARY KEY,
    event_id      TEXT NOT NULL REFERENCES event_books (event_id),
    number        BIGINT NOT NULL,
    resident_id   TEXT REFERENCES residents (id),
    state         TEXT NOT NULL,
    turn          BIGINT NOT NULL,
    persons       BIGINT NOT NULL,
    code          TEXT NOT NULL UNIQUE,
    person_sealed BYTEA,
    signed_at     BIGINT NOT NULL,
    cancelled_at  BIGINT NOT NULL,
    came_at       BIGINT NOT NULL,
    checked_by    TEXT NOT NULL,
    UNIQUE (event_id, number)
);
CREATE UNIQUE INDEX event_sign_ups_once ON event_sign_ups (event_id, resident_id) WHERE cancelled_at = 0;
CREATE INDEX event_sign_ups_by_turn ON event_sign_ups (event_id, state, turn);
CREATE INDEX event_sign_ups_by_resident ON event_sign_ups (resident_id, signed_at);
CREATE INDEX event_sign_ups_told ON event_sign_ups (event_id) WHERE person_sealed IS NOT NULL;
