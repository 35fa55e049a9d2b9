-- A person's record tells everything: who lifted a ban or a mute, whether a warning was read, and kicks,
-- which until now only the audit log knew.

ALTER TABLE bans ADD COLUMN lifted_by_name TEXT;
ALTER TABLE mutes ADD COLUMN lifted_by_name TEXT;
UPDATE bans SET lifted_by_name = (SELECT username FROM users WHERE users.id = bans.lifted_by)
    WHERE lifted_by IS NOT NULL;
UPDATE mutes SET lifted_by_name = (SELECT username FROM users WHERE users.id = mutes.lifted_by)
    WHERE lifted_by IS NOT NULL;

ALTER TABLE remarks ADD COLUMN read_at BIGINT;

CREATE TABLE kicks (
    id             TEXT   NOT NULL PRIMARY KEY,
    person_kind    TEXT   NOT NULL,
    person_subject TEXT   NOT NULL,
    author         TEXT   NOT NULL,
    author_name    TEXT   NOT NULL,
    reason         TEXT   NOT NULL,
    at             BIGINT NOT NULL
);

CREATE INDEX kicks_person ON kicks (person_kind, person_subject, at);

INSERT INTO kicks (id, person_kind, person_subject, author, author_name, reason, at)
    SELECT id, json_extract(details, '$.person.kind'), json_extract(details, '$.person.subject'),
        actor, actor_name, COALESCE(json_extract(details, '$.reason'), ''), at
    FROM audit
    WHERE action = 'session.kick' AND json_extract(details, '$.person.kind') IS NOT NULL;
