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

-- received_at is the letter's, which never changes: what an office helps with is listed
-- by it, too.
ALTER TABLE letter_assists ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
UPDATE letter_assists SET received_at = (SELECT l.received_at FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_assists_by_department;
CREATE INDEX letter_assists_by_department ON letter_assists (department_id, received_at, letter_id);
CREATE INDEX letter_assists_waiting ON letter_assists (department_id, letter_id) WHERE text_sealed IS NULL;

ALTER TABLE letter_instructions ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
UPDATE letter_instructions SET received_at = (SELECT l.received_at FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_instructions_by_department;
CREATE INDEX letter_instructions_by_department ON letter_instructions (department_id, received_at, letter_id);
CREATE INDEX letter_instructions_waiting ON letter_instructions (department_id, letter_id) WHERE reported_at = 0;
