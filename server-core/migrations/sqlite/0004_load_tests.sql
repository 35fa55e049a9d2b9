-- Load tests that hosts started. Plan, reason, figures, report and seconds are JSON; the report is
-- kept without its seconds, which a run that ended without a report has as well.

CREATE TABLE load_tests (
    id              TEXT   NOT NULL PRIMARY KEY,
    state           TEXT   NOT NULL,
    started_at      BIGINT NOT NULL,
    ended_at        BIGINT,
    started_by      TEXT   NOT NULL,
    started_by_name TEXT   NOT NULL,
    plan            TEXT   NOT NULL,
    why             TEXT,
    figures         TEXT,
    report          TEXT,
    seconds         TEXT
);

CREATE INDEX load_tests_started_at ON load_tests (started_at);
