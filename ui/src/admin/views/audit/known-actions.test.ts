import { expect, test } from "vitest";
import { en } from "../../text/en";
import { KNOWN_ACTIONS } from "./known-actions";

test("every known action has words", () => {
  const words = Object.keys(en.action);
  expect(
    KNOWN_ACTIONS.map((action) => action.replaceAll(".", "_")).filter((key) => !words.includes(key)),
  ).toEqual([]);
});
