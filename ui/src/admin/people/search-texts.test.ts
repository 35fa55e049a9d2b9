import { expect, test } from "vitest";
import type { AdminSession } from "../contract";
import { fold, SearchTexts } from "./search-texts";

test("letters are one in whatever form they are written", () => {
  for (const [one, other] of [
    ["STRASSE", "Straße"],
    ["İPEK", "ipek"],
    ["Işık", "IŞIK"],
    ["ΟΔΟΣ", "οδοσ"],
    ["Séamus", "seamus"],
  ] as const)
    expect(fold(one)).toBe(fold(other));
});

test("an account is found by its own name", () => {
  const session = { id: "a-1", name: "Player 7", account: "Boss", playerId: "7", address: "192.0.2.1" };
  expect(new SearchTexts().of(session as unknown as AdminSession)).toContain("boss");
});
