/** Series for the charts, made from the samples of the feed. Pure. */
import type { Sample } from "../../contract";

export const secondsOf = (history: readonly Sample[]): readonly number[] =>
  history.map((sample) => Math.round(Date.parse(sample.at) / 1000));

export function seriesOf<K extends keyof Sample>(history: readonly Sample[], key: K): readonly Sample[K][] {
  return history.map((sample) => sample[key]);
}

export interface Bars {
  /** Seconds since 1970 at the end of each bar. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Sums of `seconds` samples each, the newest bar complete. */
export function barsOf(history: readonly Sample[], seconds: number, value: (sample: Sample) => number): Bars {
  const times: number[] = [];
  const values: number[] = [];
  for (let end = history.length; end > 0; end -= seconds) {
    const slice = history.slice(Math.max(0, end - seconds), end);
    const last = slice.at(-1);
    if (!last) continue;
    times.unshift(Math.round(Date.parse(last.at) / 1000));
    values.unshift(slice.reduce((sum, sample) => sum + value(sample), 0));
  }
  return { times, values };
}

/** Of the newest samples, over at most so many seconds. */
export function sumOf(
  history: readonly Sample[],
  seconds: number,
  value: (sample: Sample) => number,
): number {
  return history.slice(-seconds).reduce((sum, sample) => sum + value(sample), 0);
}

/** How many more players than at the start of the window. */
export function growth(history: readonly Sample[]): number {
  const [first] = history;
  const last = history.at(-1);
  return first && last ? last.players - first.players : 0;
}

/** Seconds the history covers. */
export function windowOf(history: readonly Sample[]): number {
  const [first] = history;
  const last = history.at(-1);
  return first && last ? Math.max(0, (Date.parse(last.at) - Date.parse(first.at)) / 1000) : 0;
}
