-- What a search of bans and mutes looks in: subject, name and reason in lower case. Neither database folds
-- every alphabet by itself. Rows that the program has not folded yet have none.

ALTER TABLE bans ADD COLUMN searchable TEXT;
ALTER TABLE mutes ADD COLUMN searchable TEXT;
