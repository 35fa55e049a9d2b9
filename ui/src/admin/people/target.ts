/** Turns what the lists show into somebody a dialog can act on. Pure. */
import type { AdminSession, ArchivedMessage, PersonRecord, PersonRef, ReportedPlayer } from "../contract";
import type { Target } from "../state/dialog";

export function targetOfSession(session: AdminSession, nameless: string): Target {
  return {
    name: session.name ?? session.playerId ?? nameless,
    playerId: session.playerId,
    ...(session.playerId !== null && { appearance: session.appearance }),
    sessionId: session.id,
    person: personOf(session),
  };
}

/** A bot of a load test is remembered as the guest it came as, a service account as itself. */
export function personOf({ kind, role, subject }: AdminSession): PersonRef {
  const isAccount = kind === "account" || (kind === "bot" && role !== null);
  return { kind: isAccount ? "account" : "guest", subject };
}

/** A live session of that person, one that plays before one that looks on. */
export function sessionOf(person: PersonRef, sessions: Iterable<AdminSession>): AdminSession | undefined {
  let found: AdminSession | undefined;
  for (const session of sessions) {
    const { kind, subject } = personOf(session);
    if (kind !== person.kind || subject !== person.subject) continue;
    if (session.joined) return session;
    found = session;
  }
  return found;
}

export function targetOfMessage(message: ArchivedMessage, sessionId: string | null): Target {
  return { name: message.author, playerId: message.playerId, sessionId, person: message.person };
}

export function targetOfReported(player: ReportedPlayer): Target {
  return { name: player.name, playerId: player.playerId, sessionId: player.sessionId, person: player.person };
}

export function targetOfRecord(record: PersonRecord, sessionId: string | null): Target {
  return {
    name: record.name,
    playerId: null,
    sessionId,
    person: { kind: record.kind, subject: record.subject },
  };
}
