-- +goose Up
-- What the government is about, from asking people to the gazette. title, summary and
-- topics are as staff wrote them; released is what of them a second person let out,
-- 'null' before that. writers wrote since then.
CREATE TABLE matters (
    id            TEXT NOT NULL PRIMARY KEY,
    version       INTEGER NOT NULL,
    department_id TEXT REFERENCES departments (id),
    title         TEXT NOT NULL,
    summary       TEXT NOT NULL,
    topics        TEXT NOT NULL,
    released      TEXT NOT NULL,
    released_at   INTEGER NOT NULL,
    released_by   TEXT NOT NULL,
    writers       TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    updated_by    TEXT NOT NULL
) STRICT;
CREATE INDEX matters_by_department ON matters (department_id);
CREATE INDEX matters_by_time ON matters (updated_at, id);

-- What belongs to a matter: a document that goes its way to the public, an item of it, or
-- a letter, which never does. What is named goes, and the link goes with it.
CREATE TABLE matter_links (
    id          TEXT NOT NULL PRIMARY KEY,
    matter_id   TEXT NOT NULL REFERENCES matters (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    document_id TEXT,
    item_id     TEXT NOT NULL,
    letter_id   TEXT REFERENCES letters (id) ON DELETE CASCADE,
    step        TEXT NOT NULL,
    linked_by   TEXT NOT NULL,
    linked_at   INTEGER NOT NULL,
    released_at INTEGER NOT NULL, -- 0 until a second person has let it out
    FOREIGN KEY (kind, document_id) REFERENCES publications (kind, id) ON DELETE CASCADE,
    CHECK ((document_id IS NULL) <> (letter_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX matter_links_once ON matter_links (matter_id, kind, document_id, item_id) WHERE document_id IS NOT NULL;
CREATE UNIQUE INDEX matter_links_letter_once ON matter_links (matter_id, letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX matter_links_by_document ON matter_links (kind, document_id);
CREATE INDEX matter_links_by_item ON matter_links (item_id) WHERE item_id <> '';
CREATE INDEX matter_links_by_letter ON matter_links (letter_id) WHERE letter_id IS NOT NULL;
