import { expect, test } from "vitest";
import { daysAgo, daysOf } from "./days";

const at = (text: string) => new Date(text).toISOString();
const action = (id: string, when: { at: string }) => ({ id, ...when });

test("entries stand under their day, in their order", () => {
  const entries = [
    action("3", { at: at("2026-03-02T09:00") }),
    action("2", { at: at("2026-03-02T08:00") }),
    action("1", { at: at("2026-03-01T23:59") }),
  ];
  expect(daysOf(entries).map(({ entries }) => entries.map(({ id }) => id))).toEqual([["3", "2"], ["1"]]);
});

test("a day is counted by midnights, not by hours", () => {
  const now = Date.parse(at("2026-03-02T00:10"));
  expect(daysAgo(at("2026-03-02T00:05"), now)).toBe(0);
  expect(daysAgo(at("2026-03-01T23:55"), now)).toBe(1);
  expect(daysAgo(at("2026-02-27T12:00"), now)).toBe(3);
});
