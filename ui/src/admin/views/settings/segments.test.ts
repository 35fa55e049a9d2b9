import { expect, test } from "vitest";
import { segmentsOf } from "./segments";

test("what most hosts choose is offered, and their own value at its place", () => {
  const check = (key: string, value: unknown, offered: readonly number[] | null) =>
    expect(segmentsOf(key, value)).toEqual(offered);
  check("chat_retention_days", 30, [7, 30, 90, 0]);
  check("chat_retention_days", 45, [7, 30, 45, 90, 0]);
  check("slow_mode_seconds", 0, [0, 5, 10, 30]);
  check("slow_mode_seconds", 60, [0, 5, 10, 30, 60]);
  check("address_retention_days", 14, [7, 14, 30, 90]);
  check("chat_retention_days", "", null);
  check("max_players", 500, null);
  check("constructor", 1, null);
});
