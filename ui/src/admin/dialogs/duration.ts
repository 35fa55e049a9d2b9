/** How long a sanction holds: one of the usual spans, or any number of minutes, hours, days or weeks. Pure. */
import type { Minutes } from "../api/calls";

export const UNITS = ["minutes", "hours", "days", "weeks"] as const;
export type Unit = (typeof UNITS)[number];

export type Duration =
  | { readonly kind: "preset"; readonly minutes: Minutes }
  | { readonly kind: "custom"; readonly amount: number; readonly unit: Unit };

const MINUTES: Readonly<Record<Unit, number>> = { minutes: 1, hours: 60, days: 1440, weeks: 10_080 };

/** Ten years; from the contract. */
export const LONGEST_MINUTES = 5_256_000;

export const BAN_PRESETS: readonly Minutes[] = [120, 480, 1440, 10_080, null];
export const MUTE_PRESETS: readonly Minutes[] = [10, 60, 480, 1440, null];

/** `undefined` where it is not a time one can wait. */
export function minutesOf(duration: Duration): Minutes | undefined {
  if (duration.kind === "preset") return duration.minutes;
  const minutes = duration.amount * MINUTES[duration.unit];
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : undefined;
}

/** A number of minutes as the field shows it: one of the presets, else in the largest unit that is whole. */
export function durationOf(minutes: number, presets: readonly Minutes[]): Duration {
  if (presets.includes(minutes)) return { kind: "preset", minutes };
  const unit = UNITS.findLast((each) => minutes % MINUTES[each] === 0) ?? "minutes";
  return { kind: "custom", amount: minutes / MINUTES[unit], unit };
}
