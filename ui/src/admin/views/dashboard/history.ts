/** Series for the charts, made from the samples of the feed. Pure. */
import type { Sample } from "../../contract";

export const secondsOf = (history: readonly Sample[]): readonly number[] =>
  history.map((sample) => Math.round(Date.parse(sample.at) / 1000));

export function seriesOf<K extends keyof Sample>(history: readonly Sample[], key: K): readonly Sample[K][] {
  return history.map((sample) => sample[key]);
}

/** Seconds of samples that make one point of a line: enough points for the width, and a calm line. */
const POINT_SECONDS = 3;

const QUANTILES = ["flushP50Ms", "flushP95Ms", "flushP99Ms", "ackP95Ms"] as const;

/**
 * One sample for every three seconds of the clock, so that points do not change as time moves on: of times the
 * worst, of rates the mean, of counts the last.
 */
export function condensed(history: readonly Sample[]): readonly Sample[] {
  const groups = new Map<number, Sample[]>();
  for (const sample of history) {
    const slot = Math.floor(Date.parse(sample.at) / (POINT_SECONDS * 1000));
    const group = groups.get(slot);
    if (group) group.push(sample);
    else groups.set(slot, [sample]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    if (!last) return [];
    const worst = QUANTILES.map((key) => [key, highest(group.map((sample) => sample[key]))] as const);
    const deliveries = group.reduce((sum, sample) => sum + sample.deliveries, 0) / group.length;
    return [{ ...last, ...Object.fromEntries(worst), deliveries }];
  });
}

/** `null` when nothing was measured. */
function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export interface Bars<T = number> {
  /** Seconds since 1970 at the beginning of each bar. */
  readonly times: readonly number[];
  readonly values: readonly T[];
}

/** Sums over stretches of so many seconds of the clock; the newest bar is still growing. */
export function barsOf(history: readonly Sample[], seconds: number, value: (sample: Sample) => number): Bars {
  const sums = new Map<number, number>();
  for (const sample of history) {
    const slot = Math.floor(Date.parse(sample.at) / (seconds * 1000));
    sums.set(slot, (sums.get(slot) ?? 0) + value(sample));
  }
  return { times: [...sums.keys()].map((slot) => slot * seconds), values: [...sums.values()] };
}

/** Of the newest samples, over at most so many seconds. */
export function sumOf(
  history: readonly Sample[],
  seconds: number,
  value: (sample: Sample) => number,
): number {
  return history.slice(-seconds).reduce((sum, sample) => sum + value(sample), 0);
}

/** How many more players than at its start. */
export function growth(history: readonly Sample[]): number {
  const [first] = history;
  const last = history.at(-1);
  return first && last ? last.players - first.players : 0;
}

/** Whole seconds the history covers, each sample being one of them. */
export function spanOf(history: readonly Sample[]): number {
  const [first] = history;
  const last = history.at(-1);
  return first && last ? Math.max(0, Math.round((Date.parse(last.at) - Date.parse(first.at)) / 1000) + 1) : 0;
}
