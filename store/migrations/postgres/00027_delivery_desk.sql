-- +goose Up
-- Messages are counted, listed and sent once more by what became of them, and
-- counted by when WeChat was asked.
DROP INDEX deliveries_by_state;
CREATE INDEX deliveries_by_outcome ON deliveries (announcement_id, state, why, id);
CREATE INDEX deliveries_by_call ON deliveries (called_at) WHERE called_at > 0;

-- Why followers are told of a change before all others.
ALTER TABLE changes ADD COLUMN urgent TEXT NOT NULL DEFAULT '';
