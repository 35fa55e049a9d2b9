import { expect, test } from "vitest";
import { admin as english } from "../../../languages/en/admin";
import { KNOWN_ACTIONS } from "./known-actions";

test("every known action has words", () => {
  const words = Object.keys(english.action);
  expect(
    KNOWN_ACTIONS.map((action) => action.replaceAll(".", "_")).filter((key) => !words.includes(key)),
  ).toEqual([]);
});
