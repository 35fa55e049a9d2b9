/** What the charts of the dashboard show: the last minutes as they go, or a longer time as the server keeps it. */
import type { HistoryRange } from "../../contract";

export const RANGES = ["live", "hour", "day", "week"] as const satisfies readonly ("live" | HistoryRange)[];

export type Range = (typeof RANGES)[number];

interface RangePlan {
  /** Ms between two questions: a few points of the chart. */
  readonly everyMs: number;
  /** Seconds of chat in one bar. */
  readonly barSeconds: number;
}

export const PLANS: Readonly<Record<HistoryRange, RangePlan>> = {
  hour: { everyMs: 20_000, barSeconds: 120 },
  day: { everyMs: 60_000, barSeconds: 3600 },
  week: { everyMs: 300_000, barSeconds: 6 * 3600 },
};
