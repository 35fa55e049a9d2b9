-- How a name looks (UTS #39), unique among accounts from now on. The server fills it in for older ones;
-- of those that look alike the oldest has it, and the others keep their names without.

ALTER TABLE users ADD COLUMN username_likeness TEXT;
CREATE UNIQUE INDEX users_username_likeness ON users (username_likeness);
