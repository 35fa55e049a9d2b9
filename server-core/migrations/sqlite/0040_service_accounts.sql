-- Service accounts: programs that act by a token which a host made. Each is an account, so that bans, mutes,
-- records and the audit log know it, and has scopes instead of a password. Only the token's digest is kept.

ALTER TABLE users ADD COLUMN service_scopes TEXT;

CREATE TABLE service_tokens (
    account         TEXT   NOT NULL PRIMARY KEY,
    digest          TEXT   NOT NULL UNIQUE,
    created_by      TEXT   NOT NULL,
    created_by_name TEXT   NOT NULL,
    last_used_at    BIGINT
);
