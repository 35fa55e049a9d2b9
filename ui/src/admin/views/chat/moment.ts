/** The moment in the archive that an address leads to: `#/chat?at=...&line=...`. Pure. */

/** Shown on either side of a moment, ms. */
const AROUND_MS = 10 * 60_000;

export interface Moment {
  /** ISO 8601. */
  readonly at: string;
  /** The line that stands out, where one is named. */
  readonly line: string | null;
  /** Between these two, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** `null` for an address that names none. */
export function momentOf(query: Readonly<Record<string, string>>): Moment | null {
  const at = Date.parse(query.at ?? "");
  if (Number.isNaN(at)) return null;
  const iso = (ms: number) => new Date(ms).toISOString();
  return { at: iso(at), line: query.line ?? null, from: iso(at - AROUND_MS), to: iso(at + AROUND_MS) };
}
