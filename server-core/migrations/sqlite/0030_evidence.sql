-- A record that settles a dispute: when somebody was here and how each visit ended, under which names, and
-- what was said before an act of moderation, kept with the act.

CREATE TABLE visits (
    id             TEXT   NOT NULL PRIMARY KEY,
    person_kind    TEXT   NOT NULL,
    person_subject TEXT   NOT NULL,
    player_id      TEXT   NOT NULL,
    name           TEXT   NOT NULL,
    began_at       BIGINT NOT NULL,
    ended_at       BIGINT NOT NULL,
    how            TEXT   NOT NULL
);

CREATE INDEX visits_person ON visits (person_kind, person_subject, ended_at);
CREATE INDEX visits_ended_at ON visits (ended_at);

CREATE TABLE people_names (
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject, name)
);

CREATE INDEX people_names_last_seen ON people_names (last_seen_at);

INSERT INTO people_names (kind, subject, name, last_seen_at)
    SELECT kind, subject, name, last_seen_at FROM people;

CREATE TABLE evidence (
    act   TEXT   NOT NULL PRIMARY KEY,
    at    BIGINT NOT NULL,
    lines TEXT   NOT NULL
);

CREATE INDEX evidence_at ON evidence (at);

CREATE INDEX reports_reporter ON reports (reporter_kind, reporter_subject, at);
