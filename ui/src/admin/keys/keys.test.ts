import { describe, expect, test } from "vitest";
import { NO_SEQUENCE, SEQUENCE_MS, stepSequence } from "./keys";

describe("two keys", () => {
  const pressed = (first: string, second: string, gap: number) =>
    stepSequence(stepSequence(NO_SEQUENCE, first, 1000).sequence, second, 1000 + gap).view;
  test("g p goes to the players", () => expect(pressed("g", "p", 200)).toBe("players"));
  test("too slow is no sequence", () => expect(pressed("g", "p", SEQUENCE_MS + 1)).toBeNull());
  test("other letters are nothing", () => expect(pressed("x", "p", 10)).toBeNull());
});
