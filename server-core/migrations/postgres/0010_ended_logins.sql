-- Login tokens of an account below this version count no more; for a deleted account, none does. Kept
-- until the last of them would have expired anyway, so that every node can keep the whole table in
-- memory: a token that was ended stays ended while the database does not answer.
CREATE TABLE ended_logins (
    account TEXT   NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    until   BIGINT NOT NULL
);

INSERT INTO ended_logins (account, version, until)
SELECT id, token_version, (EXTRACT(EPOCH FROM now())::BIGINT + 604800) * 1000
FROM users WHERE token_version > 0;
