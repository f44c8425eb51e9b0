-- +goose Up
-- Lists of what is done go through a million letters: each of these holds all that a
-- list is narrowed by, so that no letter is fetched that is not shown.
DROP INDEX letters_by_time;
DROP INDEX letters_by_lead;
CREATE INDEX letters_by_time ON letters (received_at, id, state, channel, source, topic_id, lead_department_id, number);
CREATE INDEX letters_by_lead ON letters (lead_department_id, received_at, id, state, channel, source, topic_id, number);
CREATE INDEX letters_by_topic ON letters (topic_id, received_at, id, state, channel, source, lead_department_id, number);
CREATE INDEX letters_by_channel ON letters (channel, received_at, id, state, source, topic_id, lead_department_id, number);
CREATE INDEX letters_by_source ON letters (source, received_at, id, state, channel, topic_id, lead_department_id, number);

-- received_at and due_day are the letter's: what an office helps with, or has an
-- instruction for, is listed by them as what it leads.
ALTER TABLE letter_assists ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letter_assists ADD COLUMN due_day TEXT NOT NULL DEFAULT '';
UPDATE letter_assists SET received_at = (SELECT l.received_at FROM letters l WHERE l.id = letter_id),
    due_day = (SELECT l.due_day FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_assists_by_department;
CREATE INDEX letter_assists_by_department ON letter_assists (department_id, received_at, letter_id);
CREATE INDEX letter_assists_open ON letter_assists (department_id, due_day, letter_id) WHERE due_day <> '';

ALTER TABLE letter_instructions ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letter_instructions ADD COLUMN due_day TEXT NOT NULL DEFAULT '';
UPDATE letter_instructions SET received_at = (SELECT l.received_at FROM letters l WHERE l.id = letter_id),
    due_day = (SELECT l.due_day FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_instructions_by_department;
CREATE INDEX letter_instructions_by_department ON letter_instructions (department_id, received_at, letter_id);
CREATE INDEX letter_instructions_open ON letter_instructions (department_id, due_day, letter_id) WHERE due_day <> '';

-- What a request made: where its answer was lost with the process, whoever asks again
-- is still told.
ALTER TABLE once ADD COLUMN made TEXT NOT NULL DEFAULT '';
