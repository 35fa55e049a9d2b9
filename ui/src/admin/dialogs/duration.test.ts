import { expect, test } from "vitest";
import { minutesOf } from "./duration";

test.each([
  [3, "days", 4320],
  [0, "hours", undefined],
  [1.5, "minutes", undefined],
  [600, "weeks", undefined],
] as const)("%d %s", (amount, unit, minutes) =>
  expect(minutesOf({ kind: "custom", amount, unit })).toBe(minutes),
);

test("for good is not the same as no time", () => {
  expect(minutesOf({ kind: "preset", minutes: null })).toBeNull();
});
