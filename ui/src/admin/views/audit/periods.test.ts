import { expect, it } from "vitest";
import { beginOf, isPeriod, PERIODS } from "./periods";

it("a period ends now", () => {
  const now = Date.parse("2026-03-31T12:00:00Z");
  expect(PERIODS.map((period) => beginOf(period, now))).toEqual([
    "2026-03-31T11:00:00.000Z",
    "2026-03-30T12:00:00.000Z",
    "2026-03-24T12:00:00.000Z",
    "2026-03-01T12:00:00.000Z",
  ]);
});

it("only known periods are one", () => {
  expect([isPeriod("week"), isPeriod("year"), isPeriod(null)]).toEqual([true, false, false]);
});
