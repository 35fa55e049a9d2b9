-- Lines with a word of the list in them, while they wait for a moderator.

CREATE TABLE held_lines (
    id             TEXT   NOT NULL PRIMARY KEY,
    person_kind    TEXT   NOT NULL,
    person_subject TEXT   NOT NULL,
    player_id      TEXT   NOT NULL,
    author         TEXT   NOT NULL,
    content        TEXT   NOT NULL,
    word           TEXT   NOT NULL,
    at             BIGINT NOT NULL,
    until          BIGINT NOT NULL
);
