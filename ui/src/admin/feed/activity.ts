/**
 * Which people came and went, read from the changes of the feed; bots of load tests are none. Pure; times are the
 * server's, ISO 8601.
 */
import type { AdminChanges, AdminSession } from "../contract";

export const KEPT_ACTIVITY = 60;

export interface JoinOrLeave {
  readonly kind: "joined" | "left";
  readonly at: string;
  readonly session: AdminSession;
}

/** The newest first. */
export function activityAtStart(sessions: readonly AdminSession[]): readonly JoinOrLeave[] {
  return sessions
    .flatMap((session) => joining(session) ?? [])
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, KEPT_ACTIVITY);
}

/** What a change means beside the state before it; the newest first. */
export function activityOf(
  before: ReadonlyMap<string, AdminSession>,
  { at, sessions = [], gone = [] }: AdminChanges,
): readonly JoinOrLeave[] {
  const activity: JoinOrLeave[] = [];
  for (const session of sessions) {
    const known = before.get(session.id);
    if (known?.joined === session.joined || session.kind === "bot") continue;
    if (session.joined) activity.push({ kind: "joined", at: session.joinedAt ?? at, session });
    else if (known) activity.push({ kind: "left", at, session: known });
  }
  for (const id of gone) {
    const session = before.get(id);
    if (session?.joined && session.kind !== "bot") activity.push({ kind: "left", at, session });
  }
  return activity.sort((a, b) => (a.at < b.at ? 1 : -1));
}

function joining(session: AdminSession): JoinOrLeave | undefined {
  return session.joined && session.joinedAt !== null && session.kind !== "bot"
    ? { kind: "joined", at: session.joinedAt, session }
    : undefined;
}
