-- +goose Up
-- The SM3 of the bytes of a part, '' of those that were made before anybody asked for it.
ALTER TABLE voice_parts ADD COLUMN sm3 TEXT NOT NULL DEFAULT '';
