-- +goose Up
-- The events that belong to a consultation, or at which one sits in on a meeting: what their pages lead to.
CREATE INDEX events_by_consultation ON events (consultation_id, begins_at) WHERE consultation_id <> '';
CREATE INDEX events_by_meeting ON events (meeting_id, begins_at) WHERE meeting_id <> '';
