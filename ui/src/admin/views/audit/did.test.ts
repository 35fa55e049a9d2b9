import { expect, test } from "vitest";
import { action } from "../../feed/scripted";
import { didOf, evidenceOf, lengthOf, reasonOf as reasonIn, settingChangesOf } from "./did";

const entry = (name: string, details: Record<string, unknown> = {}) =>
  action("1", { action: name, at: "2026-01-01T12:00:00.000Z", details });

test("an entry is told by the sentence for what was done", () => {
  const check = (name: string, details: Record<string, unknown>, key: string) =>
    expect(didOf(entry(name, details))).toBe(key);
  check("session.kick", {}, "session_kick");
  check("ban.create", { until: null }, "ban_create");
  check("ban.create", { until: "2026-01-02T12:00:00.000Z" }, "ban_for");
  check("mute.create", { until: "2026-01-01T12:10:00.000Z" }, "mute_for");
  check("user.update", { after: { role: "moderator" } }, "user_role_moderator");
  check("user.update", { after: { is_banned: true, suspension_reason: "x" } }, "user_ban");
  check("user.update", { after: { suspension_until: 5 } }, "user_suspend");
  check("user.update", { after: { suspension_until: null } }, "user_admit");
  check("user.update", {}, "user_update");
  check("moon.landing", {}, "other");
});

test("a length is whole minutes, however long the writing took", () => {
  expect(lengthOf(entry("mute.create", { until: "2026-01-01T12:09:59.990Z" }))).toBe(10);
  expect(lengthOf(entry("mute.create", { until: null }))).toBeNull();
});

test("the reason is what somebody wrote, never an id", () => {
  const reasonOf = (given: Parameters<typeof reasonIn>[0]) => reasonIn(given, (outcome) => `(${outcome})`);
  expect(reasonOf(entry("session.kick", { reason: " Spam. ", person: {} }))).toBe("Spam.");
  expect(reasonOf(entry("session.warn", { message: "Be kind." }))).toBe("Be kind.");
  expect(reasonOf(entry("report.dismiss", { note: "a joke" }))).toBe("a joke");
  expect(reasonOf(entry("report.resolve", { note: "Warned: Be kind." }))).toBe("(warned): Be kind.");
  expect(reasonOf(entry("report.resolve", { note: "Expulsado" }))).toBe("(kicked)");
  expect(reasonOf(entry("note.add", { note: "0198f4c2" }))).toBe("");
  expect(reasonOf(entry("user.update", { after: { suspension_reason: "loud" } }))).toBe("loud");
});

test("settings are told with what they were and are", () => {
  const changes = { join_pin: { before: "", after: "[redacted]" } };
  expect(settingChangesOf(entry("settings.update", { changes }))).toEqual([
    { key: "join_pin", before: "", after: "[redacted]" },
  ]);
  expect(settingChangesOf(entry("settings.update"))).toEqual([]);
});

test("evidence is kept under the act's own id", () => {
  expect(evidenceOf(entry("ban.create", { bans: ["b1", "b2"] }))).toBe("b1");
  expect(evidenceOf(entry("session.kick", { kick: "k" }))).toBe("k");
  expect(evidenceOf(entry("session.kick"))).toBeNull();
  expect(evidenceOf(entry("mute.lift", { mute: "m" }))).toBeNull();
});
