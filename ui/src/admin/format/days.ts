/** Entries under the day they belong to, newest first. Pure; days are those of this machine. */

export interface Day<Entry> {
  /** Any moment of it, ISO 8601. */
  readonly at: string;
  readonly entries: readonly Entry[];
}

export function daysOf<Entry extends { readonly at: string }>(
  entries: readonly Entry[],
): readonly Day<Entry>[] {
  const days = new Map<string, Entry[]>();
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
