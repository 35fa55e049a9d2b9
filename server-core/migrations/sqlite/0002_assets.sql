-- Sprite sheets with their images: every node serves them from here.
CREATE TABLE sprites (
    id         TEXT   PRIMARY KEY NOT NULL,
    name       TEXT   NOT NULL,
    category   TEXT   NOT NULL,
    image      BLOB   NOT NULL,
    checksum   TEXT   NOT NULL,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    metadata   TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX sprites_by_creation ON sprites (created_at, id);

-- One avatar per account. The house's own avatars are sprites of the category `avatar`.
CREATE TABLE avatars (
    id          TEXT   PRIMARY KEY NOT NULL,
    user_id     TEXT   NOT NULL UNIQUE,
    name        TEXT   NOT NULL,
    description TEXT,
    appearance  TEXT   NOT NULL,
    sprite_id   TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);

CREATE INDEX avatars_by_sprite ON avatars (sprite_id);

-- One row. Its presence also says that the starter set was made.
CREATE TABLE atlas (
    id         BIGINT PRIMARY KEY NOT NULL CHECK (id = 1),
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
