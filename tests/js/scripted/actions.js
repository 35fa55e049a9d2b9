// What was done on the scripted evening and before, as the audit log tells it.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An entry as the host of this world leaves it. */
export function entry(id, action, subjectName, at, details, undoable, more = {}) {
  return {
    id,
    at: new Date(at).toISOString(),
    actor: { id: "u1", name: "Sofie" },
    action,
    subject: subjectName,
    subjectName,
    details,
    undoable,
    undoneAt: null,
    ...more,
  };
}

const OTHER = { actor: { id: "u2", name: "Old Pete" } };
const until = (at, minutes) => new Date(at + minutes * MINUTE).toISOString();

/** Newest first. */
export function actionsOf(now) {
  const at = (minutes) => now - minutes * MINUTE;
  const settings = { changes: { chat_retention_days: { before: 30, after: 14 }, guests_allowed: { before: false, after: true } } };
  return [
    entry("a1", "session.warn", "brk_99", at(4), { message: "Please stop" }, false),
    entry("a2", "mute.create", "tom_b", at(12), { reason: "Shouting", kind: "guest", until: until(at(12), 20) }, true),
    entry("a3", "chat.remove", "brk_99", at(14), {}, true),
    entry("a10", "held.refuse", "brk_99", at(22), { content: "what a load of rubbish this is" }, false, OTHER),
    entry("a4", "announcement", "everybody", at(44), { message: "Market day at six", recipients: 96 }, false),
    entry("a8", "settings.update", "settings", at(71), settings, true),
    entry("a9", "report.dismiss", "Captain", at(95), { note: "Warned: it was a joke" }, true, OTHER),
    entry("a13", "ban.undo", "Old salt", at(25 * 60), { undone: "a11" }, false),
    entry("a7", "session.kick", "Loud one", at(26 * 60), { reason: "Spam" }, false, OTHER),
    entry("a5", "ban.create", "spammer", at(26 * 60 + 3), { reason: "Spam", kinds: ["account", "address"], until: until(at(26 * 60 + 3), 7 * 24 * 60) }, true),
    entry("a11", "ban.create", "Old salt", at(27 * 60), { reason: "Follows people", kinds: ["guest"] }, false, { ...OTHER, undoneAt: new Date(at(25 * 60)).toISOString(), undoneBy: { id: "u1", name: "Sofie" } }),
    entry("a12", "load-test.start", "40", now - 2 * DAY, { clients: 40, mode: "batch" }, false),
    entry("a6", "user.update", "Mateo", now - 3 * DAY, { before: { role: "user" }, after: { role: "moderator" } }, true),
  ];
}
