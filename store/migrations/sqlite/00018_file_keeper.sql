-- +goose Up
-- Who handed a file in: until a document has it, nobody else sees it.
ALTER TABLE files ADD COLUMN kept_by TEXT NOT NULL DEFAULT '';
