-- Webhooks: where other programs are told what happened here, and what is still to be told. A delivery stays until
-- it was answered, or until too many of its hook wait.

CREATE TABLE webhooks (
    id              TEXT   NOT NULL PRIMARY KEY,
    name            TEXT   NOT NULL,
    url             TEXT   NOT NULL,
    secret          TEXT   NOT NULL,
    events          TEXT   NOT NULL,
    created_by      TEXT   NOT NULL,
    created_by_name TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    failures        BIGINT NOT NULL DEFAULT 0,
    paused_at       BIGINT,
    claimed_by      TEXT,
    claimed_until   BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE webhook_deliveries (
    id          TEXT   NOT NULL PRIMARY KEY,
    hook        TEXT   NOT NULL,
    event       TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    next_at     BIGINT NOT NULL,
    tried_at    BIGINT,
    status      BIGINT,
    problem     TEXT,
    delivered_at BIGINT
);

CREATE INDEX webhook_deliveries_hook ON webhook_deliveries (hook, at);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (delivered_at, next_at);

-- What is so now, told once when it becomes so: the node that turns a mark is the one that tells.
CREATE TABLE webhook_marks (
    name   TEXT   NOT NULL PRIMARY KEY,
    raised BIGINT NOT NULL
);
