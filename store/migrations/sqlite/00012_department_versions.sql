-- +goose Up
ALTER TABLE departments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
