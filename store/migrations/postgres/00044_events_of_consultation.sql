-- +goose Up
-- The events that belong to a consultation: what its page leads to.
CREATE INDEX events_by_consultation ON events (consultation_id, begins_at) WHERE consultation_id <> '';
