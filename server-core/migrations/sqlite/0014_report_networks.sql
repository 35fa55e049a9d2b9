-- From which network a report came, so that the open ones of a network can be counted. Forgotten like
-- every address.

ALTER TABLE reports ADD COLUMN reporter_network TEXT;
