-- +goose Up
-- Letters that are public, with their answers: id is that of the letter. Nothing here
-- tells who wrote. lapses_on follows from the policies that the answer rests on.
CREATE TABLE public_letters (
    id            TEXT NOT NULL PRIMARY KEY,
    version       BIGINT NOT NULL,
    title         TEXT NOT NULL,
    channel       TEXT NOT NULL,
    author        TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    asked_day     TEXT NOT NULL,
    answered_day  TEXT NOT NULL,
    confirmed_day TEXT NOT NULL,
    lapses_on     TEXT NOT NULL,
    useful        BIGINT NOT NULL,
    sm3           TEXT NOT NULL,
    published_at  BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    exchanges     TEXT NOT NULL
);
CREATE INDEX public_letters_by_use ON public_letters (useful, answered_day, id);
CREATE INDEX public_letters_lapsing ON public_letters (lapses_on) WHERE lapses_on <> '';

CREATE TABLE public_letter_departments (
    letter_id     TEXT NOT NULL REFERENCES public_letters (id) ON DELETE CASCADE,
    position      BIGINT NOT NULL,
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (letter_id, position)
);
CREATE INDEX public_letter_departments_by_department ON public_letter_departments (department_id);

CREATE TABLE public_letter_topics (
    letter_id TEXT NOT NULL REFERENCES public_letters (id) ON DELETE CASCADE,
    position  BIGINT NOT NULL,
    topic_id  TEXT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (letter_id, position)
);
CREATE INDEX public_letter_topics_by_topic ON public_letter_topics (topic_id);

-- policy_id stays while the policy is withdrawn: it may come back.
CREATE TABLE public_letter_basis (
    letter_id    TEXT NOT NULL REFERENCES public_letters (id) ON DELETE CASCADE,
    position     BIGINT NOT NULL,
    policy_id    TEXT NOT NULL,
    title        TEXT NOT NULL,
    doc_number   TEXT NOT NULL,
    article      TEXT NOT NULL,
    PRIMARY KEY (letter_id, position)
);
CREATE INDEX public_letter_basis_by_policy ON public_letter_basis (policy_id);

-- To whom a letter was useful.
CREATE TABLE public_letter_thanks (
    letter_id   TEXT NOT NULL REFERENCES public_letters (id) ON DELETE CASCADE,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    at          BIGINT NOT NULL,
    PRIMARY KEY (letter_id, resident_id)
);
CREATE INDEX public_letter_thanks_by_resident ON public_letter_thanks (resident_id);
