-- How the world was over weeks: stretches of ten seconds, of a minute and of a quarter of an hour, the longer
-- ones made from the shorter. `node` is empty where all nodes are in one row. Also what the numbers beside the
-- charts and the list of ended visits ask for.

CREATE TABLE chronicle (
    step            BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    node            TEXT   NOT NULL,
    seconds         BIGINT NOT NULL,
    people          BIGINT NOT NULL,
    most_people     BIGINT NOT NULL,
    most_bots       BIGINT NOT NULL,
    messages        BIGINT NOT NULL,
    deliveries      BIGINT NOT NULL,
    most_deliveries BIGINT NOT NULL,
    flush_p50_us    BIGINT,
    flush_p95_us    BIGINT,
    flush_p99_us    BIGINT,
    PRIMARY KEY (step, at, node)
) WITHOUT ROWID;

CREATE INDEX people_first_seen ON people (first_seen_at);

ALTER TABLE visits ADD COLUMN name_folded TEXT;
