import { expect, test } from "vitest";
import { loners, maximum, yScale } from "./scale";

test.each([
  [128, 4, [0, 50, 100, 150]],
  [0, 4, [0, 2, 4]],
  [31_420, 10, [0, 20_000, 40_000]],
  [0.3, 0.1, [0, 0.1, 0.2, 0.3]],
  [27, 4, [0, 10, 20, 30]],
])("up to %d, at least %d", (max, least, ticks) => {
  const scale = yScale(max, least);
  expect(scale.ticks).toEqual(ticks);
  expect(scale.top).toBe(ticks.at(-1));
});

test("the top holds the largest value and the steps are few", () => {
  for (let max = 0.01; max < 1e7; max *= 1.37) {
    const { top, ticks } = yScale(max, 0);
    expect(top).toBeGreaterThanOrEqual(max * 0.999999);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
  }
});

test("gaps do not count", () => {
  expect(
    maximum([
      [null, 3],
      [1, null],
    ]),
  ).toBe(3);
  expect(maximum([[null]])).toBe(0);
});

test("a value alone between gaps is found", () => {
  expect(loners([null, 4, null, 1, 2, null, 9])).toEqual([1, 6]);
});
