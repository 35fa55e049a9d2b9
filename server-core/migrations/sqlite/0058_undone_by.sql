-- Who took an action back. Of older ones the log says so, but for accounts that were put back as they were.

ALTER TABLE audit ADD COLUMN undone_by TEXT;
ALTER TABLE audit ADD COLUMN undone_by_name TEXT;

UPDATE audit SET
    undone_by = (SELECT later.actor FROM audit later
        WHERE later.action IN ('ban.undo', 'mute.undo', 'chat.undo') AND json_extract(later.details, '$.undone') = audit.id
        ORDER BY later.at LIMIT 1),
    undone_by_name = (SELECT later.actor_name FROM audit later
        WHERE later.action IN ('ban.undo', 'mute.undo', 'chat.undo') AND json_extract(later.details, '$.undone') = audit.id
        ORDER BY later.at LIMIT 1)
WHERE undone_at IS NOT NULL;
