-- +goose Up
ALTER TABLE departments ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
