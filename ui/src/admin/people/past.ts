/** Everything that was done about a person as one story, newest first. Pure. */
import type { PersonRecord } from "../contract";

interface Entry {
  /** Different for every entry. */
  readonly key: string;
  readonly at: string;
  /** Empty where that was not kept. */
  readonly by: string;
  /** What the person read, or the moderators' reason; may be empty. */
  readonly words: string;
  /** What evidence is kept under; `null` for a lift. */
  readonly act: string | null;
}

/** `lengthMs` as it was decided; `null` is for good. */
export type PastEntry =
  | (Entry & {
      readonly kind: "ban" | "mute";
      readonly id: string;
      readonly lengthMs: number | null;
      /** Holds now and can be lifted. */
      readonly active: boolean;
    })
  | (Entry & { readonly kind: "banLifted" | "muteLifted" | "kick" })
  /** `readAt`: when the person confirmed that they read it. */
  | (Entry & { readonly kind: "warning"; readonly readAt: string | null });

export function pastOf({
  sanctions,
  warnings,
  kicks,
}: Pick<PersonRecord, "sanctions" | "warnings" | "kicks">): readonly PastEntry[] {
  const entries = [
    ...sanctions.flatMap(sanctionAndLift),
    ...warnings.map(({ id, at, message, by, readAt }): PastEntry => {
      return { kind: "warning", key: `warning ${id}`, act: id, at, by: by.name, words: message, readAt };
    }),
    ...kicks.map(({ id, at, reason, by }): PastEntry => {
      return { kind: "kick", key: `kick ${id}`, act: id, at, by: by.name, words: reason };
    }),
  ];
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

const MINUTE_MS = 60_000;

/** Lengths are decided in minutes. The end is reckoned a moment before the sanction is written down. */
const wholeMinutes = (ms: number) => Math.round(ms / MINUTE_MS) * MINUTE_MS;

function sanctionAndLift(sanction: PersonRecord["sanctions"][number]): readonly PastEntry[] {
  const { type, id, createdAt, createdBy, reason, until, active, liftedAt, liftedBy } = sanction;
  const made: PastEntry = {
    kind: type,
    key: `${type} ${id}`,
    act: id,
    id,
    at: createdAt,
    by: createdBy.name,
    words: reason,
    lengthMs: until === null ? null : wholeMinutes(Date.parse(until) - Date.parse(createdAt)),
    active,
  };
  if (liftedAt === null) return [made];
  const kind = type === "ban" ? "banLifted" : "muteLifted";
  return [made, { kind, key: `${kind} ${id}`, act: null, at: liftedAt, by: liftedBy?.name ?? "", words: "" }];
}
