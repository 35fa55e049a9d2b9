/** A history as series for charts: the whole time, with a gap wherever the server was closed. Pure. */
import type { HistoryPoint, WorldHistory } from "../../contract";
import type { Bars } from "./history";

export interface Story {
  /** Seconds since 1970 at the beginning of each stretch. */
  readonly times: readonly number[];
  /** `null` where the server was closed. */
  readonly points: readonly (HistoryPoint | null)[];
}

export function storyOf({ from, until, stepSeconds, points }: WorldHistory): Story {
  const begin = Math.round(Date.parse(from) / 1000);
  const end = Math.round(Date.parse(until) / 1000);
  const known = new Map(points.map((point) => [Math.round(Date.parse(point.at) / 1000), point]));
  const length = Math.max(0, Math.ceil((end - begin) / stepSeconds));
  const times = Array.from({ length }, (_, place) => begin + place * stepSeconds);
  return { times, points: times.map((time) => known.get(time) ?? null) };
}

export function valuesOf(
  { points }: Story,
  value: (point: HistoryPoint) => number | null,
): readonly (number | null)[] {
  return points.map((point) => point && value(point));
}

/** Sums over stretches of so many seconds of the clock; `null` where nothing was measured in all of one. */
export function storyBars(
  { times, points }: Story,
  seconds: number,
  value: (point: HistoryPoint) => number,
): Bars<number | null> {
  const sums = new Map<number, number | null>();
  for (const [place, time] of times.entries()) {
    const slot = Math.floor(time / seconds) * seconds;
    const point = points[place];
    const before = sums.get(slot) ?? null;
    sums.set(slot, point ? (before ?? 0) + value(point) : before);
  }
  return { times: [...sums.keys()], values: [...sums.values()] };
}

/** The highest of all, `null` when nothing is known. */
export function highestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export function meanOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}
