import { expect, test } from "vitest";
import type { Ban } from "../../contract";
import { bannedAgain, minutesOf, nextToEnd, servedOf } from "./standing";

const ban = (subject: string, given: Partial<Ban> = {}): Ban => ({
  id: subject,
  kind: "guest",
  subject,
  subjectName: subject,
  reason: "",
  createdAt: "2026-01-01T12:00:00.007Z",
  until: "2026-01-01T13:00:00.000Z",
  createdBy: { id: "m", name: "Mo" },
  liftedAt: null,
  liftedBy: null,
  active: true,
  ...given,
});

test("a ban has served its share of the time", () => {
  const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);
  expect(servedOf(ban("a"), at("12:30:00"))).toBeCloseTo(0.5, 3);
  expect(servedOf(ban("a"), at("15:00:00"))).toBe(1);
  expect(servedOf(ban("a", { until: null }), at("15:00:00"))).toBeNull();
  expect(minutesOf(ban("a"))).toBe(60);
  expect(minutesOf(ban("a", { until: null }))).toBeNull();
});

test("the next to end is no one for good", () => {
  const later = ban("b", { until: "2026-01-01T14:00:00Z" });
  expect(nextToEnd([ban("c", { until: null }), later, ban("a")])?.id).toBe("a");
  expect(nextToEnd([ban("c", { until: null })])).toBeUndefined();
});

test("who came back and was banned again counts once", () => {
  const over = { active: false };
  const all = [ban("a"), ban("a", over), ban("a", over), ban("b", over), ban("c")];
  expect(bannedAgain(all)).toEqual({ again: 1, of: 2 });
});
