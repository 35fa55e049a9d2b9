-- Searches fold by Unicode's full rules from now on. Bans and mutes of earlier versions have their text made anew by
-- the program; lines of the audit log and of chat keep theirs, and are found as before.

UPDATE bans SET searchable = NULL;
UPDATE mutes SET searchable = NULL;
