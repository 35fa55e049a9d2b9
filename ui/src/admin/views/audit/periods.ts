/** How far back the audit log is shown. */
export const PERIODS = ["hour", "day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

const HOUR_MS = 3_600_000;
const LENGTH_MS: Readonly<Record<Period, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};

/** The moment, ISO 8601, at which a period that ends at `now` (ms) began. */
export function beginOf(period: Period, now: number): string {
  return new Date(now - LENGTH_MS[period]).toISOString();
}

export function isPeriod(value: string | null): value is Period {
  return PERIODS.some((known) => known === value);
}
