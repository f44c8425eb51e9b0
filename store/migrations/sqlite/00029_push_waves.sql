-- +goose Up
-- Messages that WeChat is asked to send together. Until ended_at each of them is
-- under way: no other message goes to its resident. What is in the lists is only of
-- use then, and the rows are kept for some minutes.
CREATE TABLE push_waves (
    id              TEXT NOT NULL PRIMARY KEY,
    announcement_id TEXT NOT NULL,
    template        TEXT NOT NULL,
    deliveries      TEXT NOT NULL,
    residents       TEXT NOT NULL,
    asked           INTEGER NOT NULL,
    sent            INTEGER NOT NULL DEFAULT 0,
    begun_at        INTEGER NOT NULL,
    ended_at        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX push_waves_under_way ON push_waves (begun_at) WHERE ended_at = 0;

-- A message is written once when WeChat has answered, and each index with it: those
-- that wait have a small one of their own.
UPDATE deliveries SET state = 'unknown', why = 'died' WHERE state = 'calling';
DROP INDEX deliveries_calling;
DROP INDEX deliveries_by_call;
DROP INDEX deliveries_by_msgid;
DROP INDEX deliveries_by_outcome;
CREATE INDEX deliveries_by_outcome ON deliveries (announcement_id, state, why, id) WHERE state <> 'pending';
DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (announcement_id, due_at, why) WHERE state = 'pending';
