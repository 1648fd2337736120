-- +goose Up

-- What only many processes need. One that has the embedded database to itself
-- keeps all of this in memory.

-- When a failed or delayed input may be looked at again: whoever looks.
ALTER TABLE inbox ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;
-- A claim walks from conversation to conversation, and finds each one's oldest
-- input first; without this index it would read every pending row.
CREATE INDEX inbox_turn ON inbox (conv_id, id) WHERE done_at = 0;

-- Which transaction wrote a row, or changed it for its sender to see. Ids are
-- handed out before their rows can be seen, so "everything above the highest
-- id" would miss some; "everything of transactions that had not ended" cannot.
ALTER TABLE outbox ADD COLUMN touched xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX outbox_touched ON outbox (sender, touched) WHERE sent_at = 0;

-- Who does what only one process may do. A row stays when it is given up: epoch
-- never goes back, so that one who lost it is told apart from one who has it.
CREATE TABLE lease (
    name  TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    until BIGINT NOT NULL,
    epoch BIGINT NOT NULL
);

-- lz4 takes a fraction of the time of what comes by default; a server that was
-- built without it keeps what it has.
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE conversation ALTER COLUMN state SET COMPRESSION lz4;
    ALTER TABLE event ALTER COLUMN payload SET COMPRESSION lz4;
    ALTER TABLE inbox ALTER COLUMN payload SET COMPRESSION lz4;
    ALTER TABLE outbox ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
    NULL;
END
$$;
-- +goose StatementEnd

-- Room on each page lets a turn write a conversation's next version beside the
-- last one, and rows that come and go within seconds are cleared away early.
ALTER TABLE conversation SET (fillfactor = 70);
ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
ALTER TABLE timer SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
