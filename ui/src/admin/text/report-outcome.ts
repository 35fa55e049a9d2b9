/**
 * What came of a report, read back from the note it was closed with. The note begins with a word in the language of
 * the moderator who closed it, so that exports and webhooks tell it too; the page says it in its reader's. Pure.
 */

export type ReportOutcome = "warned" | "muted" | "kicked" | "banned";

/** What notes begin with, in every language of the page. */
export const WRITTEN: Readonly<Record<ReportOutcome, readonly string[]>> = {
  warned: ["Warned", "Advertido"],
  muted: ["Muted", "Silenciado"],
  kicked: ["Kicked", "Expulsado"],
  banned: ["Banned", "Vetado"],
};

export interface OutcomeInNote {
  /** `null` where the moderator alone wrote the note. */
  readonly outcome: ReportOutcome | null;
  /** The moderator's own words. */
  readonly rest: string;
}

export function outcomeIn(note: string): OutcomeInNote {
  for (const outcome of Object.keys(WRITTEN) as ReportOutcome[]) {
    for (const word of WRITTEN[outcome]) {
      if (note === word) return { outcome, rest: "" };
      if (note.startsWith(`${word}: `)) return { outcome, rest: note.slice(word.length + 2) };
    }
  }
  return { outcome: null, rest: note };
}

/** The note with its first word in the reader's language. */
export function noteWords(note: string, named: (outcome: ReportOutcome) => string): string {
  const { outcome, rest } = outcomeIn(note);
  return [outcome === null ? "" : named(outcome), rest].filter(Boolean).join(": ");
}
