-- +goose Up

-- How a dead letter stood in the inbox, so that it can be handled again;
-- 0 and '' where it never stood there, or where an older program kept it.
ALTER TABLE dead ADD COLUMN conv_id @int NOT NULL DEFAULT 0;
ALTER TABLE dead ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- A row that ended without delivery. Until now only its dead letter said so.
ALTER TABLE outbox ADD COLUMN dead @int NOT NULL DEFAULT 0;
UPDATE outbox SET dead = 1 WHERE sent_at <> 0 AND EXISTS
    (SELECT 1 FROM dead WHERE dead.dedup = 'outbox:' || outbox.id);
CREATE INDEX outbox_troubled ON outbox (id) WHERE dead <> 0 OR unknown <> 0;

-- Who signs in to the console. Not "user": that word is taken in SQL. A row
-- stays when its person goes, because the audit names it.
CREATE TABLE account (
    id          @id,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL,
    created_at  @int NOT NULL,
    disabled_at @int NOT NULL DEFAULT 0
);

-- Hashes only, made by the caller: who reads this file cannot sign in with it.
CREATE TABLE link (
    hash       TEXT NOT NULL PRIMARY KEY,
    account_id @int NOT NULL,
    expires_at @int NOT NULL
) @clustered;
CREATE INDEX link_account ON link (account_id);
CREATE INDEX link_expires ON link (expires_at);

CREATE TABLE session (
    hash       TEXT NOT NULL PRIMARY KEY,
    account_id @int NOT NULL,
    expires_at @int NOT NULL
) @clustered;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

-- Who did what. Rows are only ever added.
CREATE TABLE audit (
    id      @id,
    at      @int NOT NULL,
    who     TEXT NOT NULL,
    act     TEXT NOT NULL,
    about   TEXT NOT NULL,
    verdict TEXT NOT NULL
);
