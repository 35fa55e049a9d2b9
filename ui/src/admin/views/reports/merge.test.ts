import { expect, test } from "vitest";
import { report } from "../../feed/scripted";
import { mergeReports } from "./merge";

test("reports: what the feed sent wins, and the filter holds", () => {
  const listed = [report("1"), report("2", { at: "2025-02-01T00:00:00Z" })];
  const changed = [report("1", { status: "resolved" }), report("3")];
  expect(mergeReports(listed, changed, "open").map(({ id }) => id)).toEqual(["2", "3"]);
});
