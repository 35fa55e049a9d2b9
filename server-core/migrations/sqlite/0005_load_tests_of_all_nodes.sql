-- The load test that is under way is known to all nodes through these tables. At most one run holds
-- the place. The node that leads it counts up `beat` once a second and adds what was measured; `stop`
-- says who or what asks it to end, as JSON. When it is over, place and stop are empty and its seconds
-- lie in `load_tests`; those of a run whose node died stay here.

ALTER TABLE load_tests ADD COLUMN node TEXT;
ALTER TABLE load_tests ADD COLUMN place BIGINT;
ALTER TABLE load_tests ADD COLUMN beat BIGINT NOT NULL DEFAULT 0;
ALTER TABLE load_tests ADD COLUMN stop TEXT;
CREATE UNIQUE INDEX load_tests_place ON load_tests (place);

CREATE TABLE load_test_seconds (
    run    TEXT   NOT NULL,
    number BIGINT NOT NULL,
    second TEXT   NOT NULL,
    PRIMARY KEY (run, number)
);
