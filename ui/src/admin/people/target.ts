/** Turns what the lists show into somebody a dialog can act on. Pure. */
import type { AdminSession, ArchivedMessage, PersonRecord, ReportedPlayer } from "../contract";
import type { Target } from "../dialogs/dialog-store";

export function targetOfSession(session: AdminSession, nameless: string): Target {
  return {
    name: session.name ?? session.playerId ?? nameless,
    lookId: session.playerId ?? session.id,
    sessionId: session.id,
    person: session.kind === "bot" ? null : { kind: session.kind, subject: session.subject },
  };
}

export function targetOfMessage(message: ArchivedMessage, sessionId: string | null): Target {
  return { name: message.author, lookId: message.playerId, sessionId, person: message.person };
}

export function targetOfReported(player: ReportedPlayer): Target {
  return { name: player.name, lookId: player.playerId, sessionId: player.sessionId, person: player.person };
}

export function targetOfRecord(record: PersonRecord, sessionId: string | null): Target {
  return {
    name: record.name,
    lookId: record.subject,
    sessionId,
    person: { kind: record.kind, subject: record.subject },
  };
}
