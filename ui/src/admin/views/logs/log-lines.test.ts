import { describe, expect, test } from "vitest";
import { KEPT_LINES, matching, withLines } from "./log-lines";

describe("logs", () => {
  const line = (seq: number, level: "info" | "warn" = "info", message = `line ${seq}`) => ({
    seq,
    at: "",
    level,
    target: "comutiny::session",
    message,
    fields: { player_id: "ana" },
  });
  test("each line once, in order, the newest of them", () => {
    const many = Array.from({ length: KEPT_LINES + 5 }, (_, place) => line(place));
    const kept = withLines(withLines([], many), [line(KEPT_LINES + 3), line(KEPT_LINES + 9)]);
    expect(kept).toHaveLength(KEPT_LINES);
    expect(kept.at(-1)?.seq).toBe(KEPT_LINES + 9);
  });
  test("graver levels pass, and words are found in fields", () => {
    const lines = [line(1), line(2, "warn")];
    expect(matching(lines, "warn", "").map(({ seq }) => seq)).toEqual([2]);
    expect(matching(lines, "info", "player_id=ana line").map(({ seq }) => seq)).toEqual([1, 2]);
    expect(matching(lines, "info", "bo")).toEqual([]);
  });
});
