/**
 * Which people came and went, read from the changes of the feed; bots of load tests are none. Pure; times are the
 * server's, ISO 8601.
 */
import type { AdminChanges, AdminSession } from "../contract";

export const KEPT_HAPPENINGS = 60;

export interface Happening {
  readonly kind: "joined" | "left";
  readonly at: string;
  readonly session: AdminSession;
}

/** The newest first. */
export function happeningsAtStart(sessions: readonly AdminSession[]): readonly Happening[] {
  return sessions
    .flatMap((session) => joining(session) ?? [])
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, KEPT_HAPPENINGS);
}

/** What a change tells beside the state before it; the newest first. */
export function happeningsOf(
  before: ReadonlyMap<string, AdminSession>,
  { at, sessions = [], gone = [] }: AdminChanges,
): readonly Happening[] {
  const happened: Happening[] = [];
  for (const session of sessions) {
    const known = before.get(session.id);
    if (known?.joined === session.joined || session.kind === "bot") continue;
    if (session.joined) happened.push({ kind: "joined", at: session.joinedAt ?? at, session });
    else if (known) happened.push({ kind: "left", at, session: known });
  }
  for (const id of gone) {
    const session = before.get(id);
    if (session?.joined && session.kind !== "bot") happened.push({ kind: "left", at, session });
  }
  return happened.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function joining(session: AdminSession): Happening | undefined {
  return session.joined && session.joinedAt !== null && session.kind !== "bot"
    ? { kind: "joined", at: session.joinedAt, session }
    : undefined;
}
