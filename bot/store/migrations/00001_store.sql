-- +goose Up

-- Small columns stand before state: a row's first page then holds all that
-- most readers want, and the state's overflow pages stay unread.
CREATE TABLE conversation (
    id         @id,
    channel    TEXT NOT NULL,
    chat       TEXT NOT NULL,
    version    @int NOT NULL DEFAULT 0,
    updated_at @int NOT NULL DEFAULT 0,
    blocked_at @int NOT NULL DEFAULT 0,
    state      @bytes,
    UNIQUE (channel, chat)
);
CREATE INDEX conversation_blocked ON conversation (id) WHERE blocked_at <> 0;

CREATE TABLE inbox (
    id          @id,
    conv_id     @int NOT NULL,
    dedup       TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    received_at @int NOT NULL,
    done_at     @int NOT NULL DEFAULT 0,
    attempts    @int NOT NULL DEFAULT 0,
    last_error  TEXT NOT NULL DEFAULT '',
    payload     @bytes
);
CREATE INDEX inbox_pending ON inbox (id) WHERE done_at = 0;

-- The journal. Kept in the order of its key, so that one turn touches one
-- place and a replay reads straight on.
CREATE TABLE event (
    conv_id @int NOT NULL,
    version @int NOT NULL,
    n       @int NOT NULL,
    kind    TEXT NOT NULL,
    payload @bytes,
    PRIMARY KEY (conv_id, version, n)
) @clustered;

-- sent_at is when the row ended, delivered or not; sending_at is set while an
-- attempt is under way and survives the process that made it.
CREATE TABLE outbox (
    id          @id,
    conv_id     @int NOT NULL,
    sender      TEXT NOT NULL,
    chat        TEXT NOT NULL,
    class       TEXT NOT NULL,
    dedup       TEXT NOT NULL DEFAULT '',
    written_at  @int NOT NULL,
    next_at     @int NOT NULL DEFAULT 0,
    attempts    @int NOT NULL DEFAULT 0,
    sending_at  @int NOT NULL DEFAULT 0,
    sent_at     @int NOT NULL DEFAULT 0,
    unknown     @int NOT NULL DEFAULT 0,
    outcome     TEXT NOT NULL DEFAULT '',
    reason      TEXT NOT NULL DEFAULT '',
    platform_id TEXT NOT NULL DEFAULT '',
    payload     @bytes
);
CREATE UNIQUE INDEX outbox_dedup ON outbox (dedup) WHERE dedup <> '';
CREATE INDEX outbox_chat ON outbox (chat, id);
CREATE INDEX outbox_unsent ON outbox (id) WHERE sent_at = 0;
CREATE INDEX outbox_unknown ON outbox (id) WHERE unknown <> 0;

-- set_by is the input whose turn set the timer. It tells two settings of one
-- name for the same time apart: a burst of messages has but one arrival time.
CREATE TABLE timer (
    conv_id @int NOT NULL,
    name    TEXT NOT NULL,
    due_at  @int NOT NULL,
    set_by  @int NOT NULL,
    PRIMARY KEY (conv_id, name)
) @clustered;
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE ask (
    token    TEXT NOT NULL PRIMARY KEY,
    conv_id  @int NOT NULL,
    question @int NOT NULL,
    choice   TEXT NOT NULL,
    expires  @int NOT NULL
) @clustered;

CREATE TABLE anchor (
    sender      TEXT NOT NULL,
    name        TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    conv_id     @int NOT NULL,
    PRIMARY KEY (sender, name),
    UNIQUE (sender, platform_id)
) @clustered;

-- What people see of promises and hand-offs. The conversation's state is the
-- truth; these rows can be made again from it.
CREATE TABLE promise (
    conv_id     @int NOT NULL,
    n           @int NOT NULL,
    case_number TEXT NOT NULL,
    text        TEXT NOT NULL,
    owner       TEXT NOT NULL,
    state       TEXT NOT NULL,
    due_at      @int NOT NULL,
    opened_at   @int NOT NULL,
    closed_at   @int NOT NULL,
    PRIMARY KEY (conv_id, n)
) @clustered;
CREATE INDEX promise_open ON promise (due_at) WHERE state = 'open';

CREATE TABLE handoff (
    conv_id   @int NOT NULL,
    n         @int NOT NULL,
    state     TEXT NOT NULL,
    owner     TEXT NOT NULL,
    name      TEXT NOT NULL,
    cause     TEXT NOT NULL,
    opened_at @int NOT NULL,
    closed_at @int NOT NULL,
    PRIMARY KEY (conv_id, n)
) @clustered;
CREATE INDEX handoff_open ON handoff (opened_at) WHERE state IN ('queued', 'owned');

CREATE TABLE case_number (
    number  TEXT NOT NULL PRIMARY KEY,
    conv_id @int NOT NULL
) @clustered;

CREATE TABLE dead (
    id      @id,
    source  TEXT NOT NULL,
    dedup   TEXT NOT NULL DEFAULT '',
    reason  TEXT NOT NULL,
    at      @int NOT NULL,
    payload @bytes
);
CREATE UNIQUE INDEX dead_dedup ON dead (dedup) WHERE dedup <> '';

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) @clustered;
