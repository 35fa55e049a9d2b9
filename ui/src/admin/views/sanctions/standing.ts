/** How bans and mutes stand: what of a time is over, and what the four numbers above the list say. Pure. */
import type { Ban, Mute } from "../../contract";

export type Sanctioned = Ban | Mute;

/** How much of its time is served at `now` (ms), 0 to 1; `null` for good. */
export function servedOf({ createdAt, until }: Sanctioned, now: number): number | null {
  if (until === null) return null;
  const begin = Date.parse(createdAt);
  const length = Date.parse(until) - begin;
  return length <= 0 ? 1 : Math.min(1, Math.max(0, (now - begin) / length));
}

/** Minutes it was to hold, `null` for good. The end is reckoned a moment before it is written down. */
export function minutesOf({ createdAt, until }: Sanctioned): number | null {
  return until === null
    ? null
    : Math.max(1, Math.round((Date.parse(until) - Date.parse(createdAt)) / 60_000));
}

/** The one that holds and ends first. */
export function nextToEnd<T extends Sanctioned>(active: readonly T[]): T | undefined {
  return active
    .filter(({ until }) => until !== null)
    .toSorted((a, b) => Date.parse(a.until ?? "") - Date.parse(b.until ?? ""))[0];
}

/** Of the people whose bans are over, how many were banned again. */
export function bannedAgain(all: readonly Sanctioned[]): { readonly again: number; readonly of: number } {
  const times = new Map<string, number>();
  const over = new Set<string>();
  for (const { kind, subject, active } of all) {
    const who = `${kind} ${subject}`;
    times.set(who, (times.get(who) ?? 0) + 1);
    if (!active) over.add(who);
  }
  return { again: [...over].filter((who) => (times.get(who) ?? 0) > 1).length, of: over.size };
}
