-- From which network a line came that waits for a moderator, so that one network does not take the room
-- of everybody. It goes with the line.

ALTER TABLE held_lines ADD COLUMN network TEXT;
