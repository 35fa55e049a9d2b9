/** Joins, leaves and actions as one list. Pure. */
import type { ActionEntry, AdminSession } from "../../contract";
import type { JoinOrLeave } from "../../feed/activity";

export type ActivityLine =
  | {
      readonly kind: "joined" | "left";
      readonly key: string;
      readonly at: string;
      readonly session: AdminSession;
    }
  | { readonly kind: "action"; readonly key: string; readonly at: string; readonly entry: ActionEntry };

/** The newest first. */
export function activityLines(
  comings: readonly JoinOrLeave[],
  actions: readonly ActionEntry[],
  most: number,
): readonly ActivityLine[] {
  const lines: ActivityLine[] = [
    ...comings.slice(0, most).map((each) => ({ ...each, key: `${each.kind} ${each.session.id} ${each.at}` })),
    ...actions
      .slice(0, most)
      .map((entry) => ({ kind: "action" as const, key: entry.id, at: entry.at, entry })),
  ];
  return lines.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most);
}
