import { expect, test } from "vitest";
import { durationOf, MUTE_PRESETS, minutesOf } from "./duration";

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

test("minutes are shown as a preset, else in the largest unit that is whole", () => {
  expect(durationOf(60, MUTE_PRESETS)).toEqual({ kind: "preset", minutes: 60 });
  expect(durationOf(180, MUTE_PRESETS)).toEqual({ kind: "custom", amount: 3, unit: "hours" });
  expect(durationOf(20_160, MUTE_PRESETS)).toEqual({ kind: "custom", amount: 2, unit: "weeks" });
  expect(durationOf(7, MUTE_PRESETS)).toEqual({ kind: "custom", amount: 7, unit: "minutes" });
});
