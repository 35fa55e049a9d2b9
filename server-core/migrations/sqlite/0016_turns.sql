-- Whoever changes what must hold over several rows takes a turn first, in the same transaction: the
-- row's lock lets one pass at a time, on every node.

CREATE TABLE turns (
    name  TEXT   NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
);
