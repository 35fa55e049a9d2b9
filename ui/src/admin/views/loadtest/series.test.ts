import { expect, test } from "vitest";
import { loadSecond } from "../../feed/scripted";
import { deltaOf, fullAt, gridOf, lineOf, MOST_POINTS, quantile } from "./series";

const rows = (count: number, value: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => loadSecond(at + 1.002, { delivered: value(at + 1) }));

test("two runs share an axis that reaches to the longer one", () => {
  const grid = gridOf(
    rows(3, () => 1),
    rows(5, () => 1),
    4,
  );
  expect(grid).toEqual({ times: [1, 2, 3, 4, 5], step: 1 });
  expect(
    lineOf(
      rows(3, (at) => at),
      grid,
      (row) => row.delivered,
    ),
  ).toEqual([1, 2, 3, null, null]);
});

test("a run that has not measured anything yet has the axis of its plan", () => {
  expect(gridOf([], [], 30).times.length).toBe(30);
});

test("the rest of a second at the end is no point of its own", () => {
  const seconds = [loadSecond(1, { delivered: 9 }), loadSecond(1.2, { delivered: 50 })];
  expect(lineOf(seconds, gridOf(seconds, [], 1), (row) => row.delivered)).toEqual([9]);
});

test.each([
  ["late", [1.4, 2.6, 3.5, 4.4, 5.6, 6.5]],
  ["late once and early after", [1, 2.6, 3, 4, 5, 6]],
  ["drifting by a fiftieth", Array.from({ length: 120 }, (_, at) => (at + 1) * 1.02)],
])("a run whose seconds come %s has no holes", (_, ends) => {
  const seconds = ends.map((end) => loadSecond(end, { delivered: 7 }));
  const line = lineOf(seconds, gridOf(seconds, [], 0), (row) => row.delivered);
  expect(line).toHaveLength(Math.round(ends.at(-1) ?? 0));
  expect(line.every((value) => value === 7)).toBe(true);
});

test("seconds that are missing stay a hole, and a short one keeps its peak", () => {
  const line = (ends: readonly (readonly [number, number])[]) => {
    const seconds = ends.map(([end, delivered]) => loadSecond(end, { delivered }));
    return lineOf(seconds, gridOf(seconds, [], 0), (row) => row.delivered);
  };
  expect(
    line([
      [1, 1],
      [5, 5],
    ]),
  ).toEqual([1, null, null, null, 5]);
  expect(
    line([
      [1, 1],
      [2.6, 2],
      [2.8, 9],
      [4, 4],
    ]),
  ).toEqual([1, 2, 9, 4]);
});

test("a long run keeps its peaks in few points", () => {
  const long = rows(MOST_POINTS * 3, (at) => (at === 1000 ? 777 : 1));
  const grid = gridOf(long, [], 0);
  expect([grid.times.length, grid.step]).toEqual([MOST_POINTS, 3]);
  expect(Math.max(...lineOf(long, grid, (row) => row.delivered).map(Number))).toBe(777);
});

test("seconds in which nothing was measured are gaps", () => {
  const summary = { count: 1, meanMs: 1, p50Ms: 2, p90Ms: 3, p95Ms: 4, p99Ms: 5, maxMs: 6 };
  const seconds = [loadSecond(1), loadSecond(2, { fanout: summary })];
  const pick = quantile((second) => second.fanout, "p95Ms");
  expect(lineOf(seconds, gridOf(seconds, [], 0), pick)).toEqual([null, 4]);
});

test("when everybody was in", () => {
  const seconds = [loadSecond(1, { clients: 3 }), loadSecond(2, { clients: 5 })];
  expect(fullAt(seconds, 5)).toBe(2);
  expect(fullAt(seconds, 6)).toBeNull();
});

test.each([
  ["fanoutP99Ms", 60, 40, { share: 0.5, verdict: "worse" }],
  ["deliveredPerSecond", 60, 40, { share: 0.5, verdict: "better" }],
  ["fanoutP99Ms", 40.5, 40, { share: 0.0125, verdict: "same" }],
  ["errors", 3, 0, { share: null, verdict: "worse" }],
  ["errors", 0, 0, { share: 0, verdict: "same" }],
  ["joinP95Ms", null, 4, null],
] as const)("%s %s against %s", (key, now, then, expected) => {
  expect(deltaOf(key, now, then)).toEqual(expected);
});
