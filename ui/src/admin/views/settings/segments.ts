/** Numbers that most hosts choose among: they are offered beside each other, and any other can be typed. Pure. */

const OFFERED: Readonly<Record<string, readonly number[]>> = {
  chat_retention_days: [7, 30, 90, 0],
  address_retention_days: [7, 30, 90],
  record_retention_days: [30, 90, 365, 0],
  audit_retention_days: [90, 365, 0],
  history_days: [7, 30, 365],
  slow_mode_seconds: [0, 5, 10, 30],
  held_line_minutes: [5, 10, 30, 60],
};

/** Choices that stand beside each other; more are a list. */
export const MOST_SEGMENTS = 4;

/** What is offered for a setting, with the value it has; `null` where a number is typed. */
export function segmentsOf(key: string, value: unknown): readonly number[] | null {
  const offered = Object.hasOwn(OFFERED, key) ? OFFERED[key] : undefined;
  if (offered === undefined || typeof value !== "number") return null;
  if (offered.includes(value)) return offered;
  const isLast = offered.at(-1) === 0;
  const own = [...offered.filter((each) => each !== 0), value].toSorted((a, b) => a - b);
  if (isLast) return [...own, 0];
  return offered.includes(0) ? [0, ...own] : own;
}
