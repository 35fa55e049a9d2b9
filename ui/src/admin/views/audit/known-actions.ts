/** Kinds of action this page has words for. */
export const KNOWN_ACTIONS = [
  "session.kick",
  "session.kick-all",
  "session.warn",
  "ban.create",
  "ban.lift",
  "mute.create",
  "mute.lift",
  "chat.remove",
  "chat.restore",
  "announcement.send",
  "report.update",
  "note.create",
  "note.delete",
  "user.create",
  "user.update",
  "user.delete",
  "user.password",
  "sprite.create",
  "sprite.update",
  "sprite.delete",
  "settings.update",
  "host.setup",
  "player.report",
] as const;

export type KnownAction = (typeof KNOWN_ACTIONS)[number];
