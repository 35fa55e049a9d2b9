-- Moderation: who was seen and under which addresses, mutes, remarks, reports; names beside ids, so
-- that a line stays readable after its account is gone.

CREATE TABLE people (
    kind          TEXT   NOT NULL CHECK (kind IN ('account', 'guest')),
    subject       TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);

CREATE INDEX people_last_seen ON people (last_seen_at);

CREATE TABLE people_addresses (
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject, address)
);

CREATE INDEX people_addresses_address ON people_addresses (address, last_seen_at);
CREATE INDEX people_addresses_last_seen ON people_addresses (last_seen_at);

ALTER TABLE bans ADD COLUMN subject_name TEXT;
ALTER TABLE bans ADD COLUMN created_by_name TEXT NOT NULL DEFAULT '';
CREATE INDEX bans_subject ON bans (kind, subject);

CREATE TABLE mutes (
    id              TEXT   NOT NULL PRIMARY KEY,
    kind            TEXT   NOT NULL CHECK (kind IN ('account', 'guest')),
    subject         TEXT   NOT NULL,
    subject_name    TEXT,
    reason          TEXT   NOT NULL,
    until           BIGINT,
    created_by      TEXT   NOT NULL,
    created_by_name TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    lifted_at       BIGINT,
    lifted_by       TEXT
);

CREATE INDEX mutes_created_at ON mutes (created_at);
CREATE INDEX mutes_subject ON mutes (kind, subject);

-- Notes, which the administration alone sees, and warnings, which the person read.
CREATE TABLE remarks (
    id             TEXT   NOT NULL PRIMARY KEY,
    kind           TEXT   NOT NULL CHECK (kind IN ('note', 'warning')),
    person_kind    TEXT   NOT NULL,
    person_subject TEXT   NOT NULL,
    author         TEXT   NOT NULL,
    author_name    TEXT   NOT NULL,
    content        TEXT   NOT NULL,
    at             BIGINT NOT NULL
);

CREATE INDEX remarks_person ON remarks (person_kind, person_subject, at);

CREATE TABLE reports (
    id               TEXT   NOT NULL PRIMARY KEY,
    at               BIGINT NOT NULL,
    reporter_player  TEXT   NOT NULL,
    reporter_name    TEXT   NOT NULL,
    reporter_kind    TEXT,
    reporter_subject TEXT,
    target_player    TEXT   NOT NULL,
    target_name      TEXT   NOT NULL,
    target_kind      TEXT,
    target_subject   TEXT,
    reason           TEXT   NOT NULL,
    status           TEXT   NOT NULL CHECK (status IN ('open', 'resolved', 'dismissed')),
    closed_by        TEXT,
    closed_by_name   TEXT,
    closed_at        BIGINT,
    note             TEXT
);

CREATE INDEX reports_at ON reports (at);
CREATE INDEX reports_status ON reports (status, at);
CREATE INDEX reports_target ON reports (target_kind, target_subject, at);

ALTER TABLE audit ADD COLUMN actor_name TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN actor_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN subject_name TEXT;
ALTER TABLE audit ADD COLUMN searchable TEXT NOT NULL DEFAULT '';

ALTER TABLE chat_messages ADD COLUMN author_kind TEXT;
ALTER TABLE chat_messages ADD COLUMN author_subject TEXT;
CREATE INDEX chat_messages_person ON chat_messages (author_kind, author_subject, sent_at);
