/** Entries under the day they belong to, newest first. Pure; days are those of this machine. */
import type { ActionEntry } from "../../contract";

export interface Day {
  /** Any moment of it, ISO 8601. */
  readonly at: string;
  readonly entries: readonly ActionEntry[];
}

export function daysOf(entries: readonly ActionEntry[]): readonly Day[] {
  const days = new Map<string, ActionEntry[]>();
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    const known = days.get(day);
    if (known) known.push(entry);
    else days.set(day, [entry]);
  }
  return [...days.values()].map((group) => ({ at: group[0]?.at ?? "", entries: group }));
}

/** How many days before today; 0 is today. */
export function daysAgo(iso: string, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(Date.parse(iso))) / 86_400_000);
}
