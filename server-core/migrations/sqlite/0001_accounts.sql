-- Accounts, bans, audit and the chat archive. Times are milliseconds since 1970 (UTC), flags 0 or 1.

CREATE TABLE users (
    id                TEXT   NOT NULL PRIMARY KEY,
    username          TEXT   NOT NULL,
    username_folded   TEXT   NOT NULL UNIQUE,
    email             TEXT   NOT NULL,
    email_folded      TEXT   NOT NULL UNIQUE,
    password_hash     TEXT   NOT NULL,
    role              TEXT   NOT NULL,
    is_banned         BIGINT NOT NULL DEFAULT 0,
    suspension_until  BIGINT,
    suspension_reason TEXT,
    token_version     BIGINT NOT NULL DEFAULT 0,
    created_at        BIGINT NOT NULL,
    last_seen_at      BIGINT
);

CREATE INDEX users_created_at ON users (created_at);

-- Tokens given back by a logout, until they would have expired anyway.
CREATE TABLE revoked_tokens (
    token_id   TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE TABLE bans (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL CHECK (kind IN ('account', 'guest', 'address')),
    subject    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    until      BIGINT,
    created_by TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    lifted_at  BIGINT,
    lifted_by  TEXT
);

CREATE INDEX bans_created_at ON bans (created_at);

CREATE TABLE audit (
    id        TEXT   NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    action    TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    details   TEXT   NOT NULL,
    undone_at BIGINT
);

CREATE INDEX audit_at ON audit (at);

CREATE TABLE chat_messages (
    id             TEXT   NOT NULL PRIMARY KEY,
    player_id      TEXT   NOT NULL,
    author         TEXT   NOT NULL,
    author_folded  TEXT   NOT NULL,
    content        TEXT   NOT NULL,
    content_folded TEXT   NOT NULL,
    sent_at        BIGINT NOT NULL,
    removed_at     BIGINT,
    removed_by     TEXT
);

CREATE INDEX chat_messages_sent_at ON chat_messages (sent_at);
CREATE INDEX chat_messages_player ON chat_messages (player_id, sent_at);

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
