-- +goose Up

-- The name customers read, where it is not the name of the account.
ALTER TABLE account ADD COLUMN display TEXT NOT NULL DEFAULT '';
