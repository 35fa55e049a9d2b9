import { expect, test } from "vitest";
import { troublesOf } from "./trouble";

const MUTED = { id: "1", until: null, reason: "" };

test.each([
  [{ openReports: 0, muted: null, warnings: 0 }, []],
  [{ openReports: 2, muted: null, warnings: 3 }, ["reported"]],
  [{ openReports: 0, muted: MUTED, warnings: 1 }, ["muted"]],
  [{ openReports: 1, muted: MUTED, warnings: 1 }, ["reported", "muted"]],
  [{ openReports: 0, muted: null, warnings: 1 }, ["warned"]],
])("somebody with %o is shown as %o", (session, expected) => {
  expect(troublesOf(session)).toEqual(expected);
});
