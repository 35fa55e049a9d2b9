-- The announcement that stands for a while, also for those who come in later.

CREATE TABLE pins (
    id          TEXT   NOT NULL PRIMARY KEY,
    message     TEXT   NOT NULL,
    author      TEXT   NOT NULL,
    author_name TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    until       BIGINT NOT NULL
);
