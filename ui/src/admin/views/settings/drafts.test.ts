import { expect, test } from "vitest";
import type { SettingView } from "../../contract";
import { titleOf } from "../../text/setting-words";
import { draftOf, valuesOf } from "./drafts";
import { sectionsOf } from "./sections";

const setting = (key: string, given: Partial<SettingView> = {}): SettingView => ({
  key,
  value: "harbour",
  default: "world",
  source: "database",
  kind: "text",
  accepts: "",
  secret: false,
  set: true,
  editable: true,
  restart: false,
  section: "World",
  help: "",
  ...given,
});

test("only what differs is sent", () => {
  const settings = [setting("a"), setting("b"), setting("c", { value: true, kind: "boolean" })];
  expect(valuesOf(settings, { a: "harbour", b: "quay", c: false })).toEqual({ b: "quay", c: false });
});

test("going back to the default is sent as nothing, and only where there is something to go back from", () => {
  const settings = [setting("a"), setting("b", { source: "default" })];
  expect(valuesOf(settings, { a: null, b: null })).toEqual({ a: null });
  expect(draftOf(setting("a"), null)).toBe("world");
});

test("a secret is never shown, so whatever is typed is new", () => {
  expect(valuesOf([setting("pin", { secret: true, value: null })], { pin: "4417" })).toEqual({ pin: "4417" });
});

test("an emptied field that was empty is no change", () => {
  expect(valuesOf([setting("a", { value: null })], { a: "" })).toEqual({});
});

test("what can be changed comes first", () => {
  const sections = sectionsOf([
    setting("port", { editable: false, section: "Server" }),
    setting("name"),
    setting("node", { editable: false }),
  ]);
  expect(sections.map(({ name, editable }) => `${name} ${editable}`)).toEqual([
    "World true",
    "Server false",
    "World false",
  ]);
});

test("keys read as words", () => {
  expect(titleOf("join_pin")).toBe("Join PIN");
  expect(titleOf("chat_retention_days")).toBe("Chat retention days");
});
