-- +goose Up
-- A number is read out over the telephone by its last digits: letters are found by the
-- last six of them, with or without the year before.
CREATE INDEX letters_by_number ON letters (substr(number, length(number) - 5), number);

-- Lists of a state are found in the indexes that hold the state as well; of its own one
-- the Supervisor needs what was refused of late.
DROP INDEX letters_by_state;
CREATE INDEX letters_refused ON letters (received_at, id) WHERE state = 'refused';

-- What lists are narrowed by is the letter's, as received_at and due_day are: what an
-- office helps with, or has an instruction for, is listed without a look at the letter.
ALTER TABLE letter_assists ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_assists ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_assists ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_assists ADD COLUMN topic_id TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_assists ADD COLUMN lead_department_id TEXT REFERENCES departments (id);
UPDATE letter_assists SET (state, channel, source, topic_id, lead_department_id) =
    (SELECT l.state, l.channel, l.source, l.topic_id, l.lead_department_id FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_assists_by_department;
CREATE INDEX letter_assists_by_department ON letter_assists (department_id, received_at, letter_id, state, channel, source, topic_id,
    lead_department_id, due_day);
CREATE INDEX letter_assists_by_lead ON letter_assists (lead_department_id);

ALTER TABLE letter_instructions ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_instructions ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_instructions ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_instructions ADD COLUMN topic_id TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_instructions ADD COLUMN lead_department_id TEXT REFERENCES departments (id);
UPDATE letter_instructions SET (state, channel, source, topic_id, lead_department_id) =
    (SELECT l.state, l.channel, l.source, l.topic_id, l.lead_department_id FROM letters l WHERE l.id = letter_id);
DROP INDEX letter_instructions_by_department;
CREATE INDEX letter_instructions_by_department ON letter_instructions (department_id, received_at, letter_id, state, channel, source, topic_id,
    lead_department_id, due_day);
CREATE INDEX letter_instructions_by_lead ON letter_instructions (lead_department_id);
