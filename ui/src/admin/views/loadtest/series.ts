/** Lines for the charts, made from the seconds of a run and of the one it is compared with. Pure. */
import type { LoadTestFigures, LoadTestRun, LoadTestSecond, LoadTestSummary } from "../../contract";

/** Points a line may have; of a longer run each point is the highest value of its stretch. */
export const MOST_POINTS = 600;

export type Pick = (second: LoadTestSecond) => number | null;

export interface Grid {
  /** Seconds since the start of the run, whole and ascending. */
  readonly times: readonly number[];
  /** Seconds in one point. */
  readonly step: number;
}

/** A row that ends so long after the one before it, in seconds, follows on rows that are missing. */
const LONGEST_ROW = 2.5;

/**
 * The whole seconds each row stands for: those whose middle lies between the end of the row before and its own. Rows
 * are about a second long, so where they drift, one stands for two seconds or none, and no hole appears that the run
 * does not have. A last row that is mostly missing, in which everybody leaves, is left out.
 */
function slots(rows: readonly LoadTestSecond[]): readonly (readonly [number, LoadTestSecond])[] {
  const placed: [number, LoadTestSecond][] = [];
  let before = 0;
  for (const [place, row] of rows.entries()) {
    const start = row.atS - before > LONGEST_ROW ? row.atS - 1 : before;
    const first = Math.floor(start + 0.5) + 1;
    const last = Math.floor(row.atS + 0.5);
    for (let second = first; second <= last; second++) placed.push([second, row]);
    const isRest = place === rows.length - 1 && placed.length > 0;
    if (first > last && !isRest) placed.push([Math.max(1, Math.ceil(row.atS)), row]);
    before = row.atS;
  }
  return placed;
}

/** The common time axis of a run and of the one it is compared with. */
export function gridOf(
  rows: readonly LoadTestSecond[],
  baseline: readonly LoadTestSecond[],
  planned: number,
): Grid {
  const end = Math.max(lastSlot(rows), lastSlot(baseline), Math.round(planned), 1);
  const step = Math.ceil(end / MOST_POINTS);
  const points = Math.ceil(end / step);
  return { times: Array.from({ length: points }, (_, at) => (at + 1) * step), step };
}

const lastSlot = (rows: readonly LoadTestSecond[]): number =>
  slots(rows).reduce((last, [slot]) => Math.max(last, slot), 0);

/** One value for each time; `null` where nothing was measured. */
export function lineOf(
  rows: readonly LoadTestSecond[],
  { times, step }: Grid,
  pick: Pick,
): (number | null)[] {
  const line: (number | null)[] = times.map(() => null);
  for (const [slot, row] of slots(rows)) {
    const at = Math.ceil(slot / step) - 1;
    const value = pick(row);
    const before = line[at];
    if (value !== null && before !== undefined && (before === null || value > before)) line[at] = value;
  }
  return line;
}

export type Quantile = "p50Ms" | "p95Ms" | "p99Ms";

export function quantile(of: (second: LoadTestSecond) => LoadTestSummary | null, which: Quantile): Pick {
  return (second) => of(second)?.[which] ?? null;
}

/** Whether nothing more will come. */
export function isOver({ state }: LoadTestRun): boolean {
  return state !== "running" && state !== "stopping";
}

/** When the last client was in, in seconds; `null` before. */
export function fullAt(rows: readonly LoadTestSecond[], clients: number): number | null {
  const full = rows.find((row) => row.clients >= clients);
  return full ? Math.round(full.atS) : null;
}

export type FigureKey = Exclude<keyof LoadTestFigures, "valid" | "joined">;

/** Whether more is worse, better, or neither. */
const MORE_IS: Readonly<Record<FigureKey, "better" | "worse">> = {
  deliveredPerSecond: "better",
  deliveredPercent: "better",
  joinP95Ms: "worse",
  updateP95Ms: "worse",
  fanoutP50Ms: "worse",
  fanoutP95Ms: "worse",
  fanoutP99Ms: "worse",
  errors: "worse",
  serverCpuPercent: "worse",
  cpuUsPerDelivery: "worse",
  arrivalP99Ms: "worse",
  nearP99Ms: "worse",
  farP99Ms: "worse",
  bytesPerStep: "worse",
  bytesPerClient: "worse",
};

export const FIGURES = Object.keys(MORE_IS) as readonly FigureKey[];

/** Changes below this share are noise. */
const NOISE = 0.03;

export interface Delta {
  /** A share: 0.1 is ten percent more; `null` where there is nothing to divide by. */
  readonly share: number | null;
  readonly verdict: "better" | "worse" | "same";
}

/** `null` where one of the two was not measured. */
export function deltaOf(key: FigureKey, now: number | null, then: number | null): Delta | null {
  if (now === null || then === null) return null;
  if (now === then) return { share: 0, verdict: "same" };
  const share = then === 0 ? null : (now - then) / then;
  if (share !== null && Math.abs(share) < NOISE) return { share, verdict: "same" };
  const more = now > then;
  return { share, verdict: more === (MORE_IS[key] === "better") ? "better" : "worse" };
}
