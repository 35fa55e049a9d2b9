/** Sanctions and warnings of a person as one story, newest first. Pure. */
import type { PersonRecord } from "../contract";

export interface PastEntry {
  readonly kind: "ban" | "mute" | "warning";
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly words: string;
  /** Holds now and can be lifted. */
  readonly active: boolean;
}

export function pastOf({
  sanctions,
  warnings,
}: Pick<PersonRecord, "sanctions" | "warnings">): readonly PastEntry[] {
  const entries: PastEntry[] = [
    ...sanctions.map(({ type, id, createdAt, createdBy, reason, active }) => ({
      kind: type,
      id,
      at: createdAt,
      by: createdBy.name,
      words: reason,
      active,
    })),
    ...warnings.map(({ at, message, by }) => ({
      kind: "warning" as const,
      id: at,
      at,
      by: by.name,
      words: message,
      active: false,
    })),
  ];
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
