import { expect, test } from "vitest";
import { action } from "../../feed/scripted";
import { kindOf, laterOf, standingOf } from "./chips";

const NOW = Date.parse("2026-01-01T12:00:00.000Z");
const none: ReadonlySet<string> = new Set();

test("a ban says how it stands now", () => {
  const check = (given: Parameters<typeof action>[1], kind: string | undefined, lifted = none) =>
    expect(standingOf(action("1", { action: "ban.create", ...given }), { lifted }, NOW)?.kind).toBe(kind);
  check({ details: { bans: ["b"], until: "2026-01-02T00:00:00Z" } }, "until");
  check({ details: { bans: ["b"], until: "2026-01-01T00:00:00Z" } }, "over");
  check({ details: { bans: ["b"], until: null } }, "forGood");
  check({ details: { bans: ["b"] }, undoneAt: "2026-01-01T11:00:00Z" }, "undone");
  check({ details: { bans: ["a", "b"], until: null } }, "lifted", new Set(["a", "b"]));
  check({ details: { bans: ["a", "b"], until: null } }, "forGood", new Set(["a"]));
  check({ action: "session.kick" }, undefined);
});

test("a lift names what it lifted", () => {
  const lifts = [
    action("1", { action: "ban.lift", details: { bans: ["b"] } }),
    action("2", { action: "mute.lift", details: { mute: "m" } }),
    action("3", { action: "mute.create", details: { mute: "n" } }),
  ];
  expect([...laterOf(lifts).lifted]).toEqual(["b", "m"]);
});

test("what was undone says by whom, where that is known", () => {
  const at = "2026-01-01T11:00:00Z";
  const change = action("1", { action: "user.update", undoneAt: at, undoneBy: { id: "a", name: "Ada" } });
  expect(standingOf(change, laterOf([]), NOW)).toEqual({ kind: "undone", at, by: "Ada" });
  const old = action("1", { action: "ban.create", undoneAt: at });
  expect(standingOf(old, laterOf([]), NOW)).toEqual({ kind: "undone", at, by: null });
});

test("an area this page does not know has a kind, too", () => {
  expect(kindOf("ban.create").tone).toBe("danger");
  expect(kindOf("ban.lift").tone).toBe("success");
  expect(kindOf("constructor").tone).toBe("neutral");
});
