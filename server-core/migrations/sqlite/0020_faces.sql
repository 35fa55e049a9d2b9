-- What a person looked like when they were last seen, so that lists show them under their own face after
-- they left: the id their look is born from, and the layers they chose, as JSON.

ALTER TABLE people ADD COLUMN player_id TEXT;
ALTER TABLE people ADD COLUMN appearance TEXT;

UPDATE people SET player_id = subject WHERE kind = 'account';
UPDATE people SET player_id = (
    SELECT m.player_id FROM chat_messages m
    WHERE m.author_kind = people.kind AND m.author_subject = people.subject
    ORDER BY m.sent_at DESC LIMIT 1
) WHERE kind = 'guest';
UPDATE people SET player_id = (
    SELECT r.target_player FROM reports r
    WHERE r.target_kind = people.kind AND r.target_subject = people.subject
    ORDER BY r.at DESC LIMIT 1
) WHERE kind = 'guest' AND player_id IS NULL;
