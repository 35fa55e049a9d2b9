/** What is proposed as the answer to a report, from what a person did before. Pure. */
import type { PersonRecord } from "../../contract";

export interface Proposal {
  /** The one button that is filled. Kicks and bans are never proposed. */
  readonly act: "warn" | "mute";
  /** Of the mute, proposed or not. */
  readonly minutes: number;
  /** Names a text of `reports.because`. */
  readonly because: "first" | "warned" | "often";
}

export function proposalFor(record: Pick<PersonRecord, "warnings" | "sanctions"> | null): Proposal {
  const warnings = record?.warnings.length ?? 0;
  const muted = record?.sanctions.some(({ type }) => type === "mute") ?? false;
  if (warnings >= 2 || muted) return { act: "mute", minutes: 60, because: "often" };
  if (warnings === 1) return { act: "mute", minutes: 10, because: "warned" };
  return { act: "warn", minutes: 10, because: "first" };
}
