import { expect, test } from "vitest";
import type { SettingView } from "../../contract";
import { askedOf } from "./questions";

const setting = (key: string, editable = true) => ({ key, editable }) as SettingView;

test("settings stand under their question, in its order, and nothing is lost", () => {
  const asked = askedOf([
    setting("server_port", false),
    setting("join_pin"),
    setting("from_the_future"),
    setting("guests_allowed"),
    setting("slow_mode_seconds"),
  ]);
  const keys = asked.questions.map(({ name, settings }) => [name, ...settings.map(({ key }) => key)]);
  expect(keys).toEqual([
    ["door", "guests_allowed", "join_pin"],
    ["chat", "slow_mode_seconds"],
    ["more", "from_the_future"],
  ]);
  expect(asked.operators.map(({ key }) => key)).toEqual(["server_port"]);
});
