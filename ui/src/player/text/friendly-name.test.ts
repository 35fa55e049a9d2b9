import { describe, expect, it } from "vitest";
import { byLanguage } from "../../languages";
import type { PlayerText } from "../../languages/en/player";
import { friendlyName, isTaken } from "./friendly-name";

const WORDS = { first: ["Quiet", "Merry"], second: ["Heron"] };
const rolls = (...values: number[]) => {
  let at = 0;
  return () => values[at++ % values.length] ?? 0;
};

describe("a friendly name", () => {
  it("is one word of each list", () => {
    expect(friendlyName(WORDS, rolls(0), [])).toBe("Quiet Heron");
    expect(friendlyName(WORDS, rolls(0.99), [])).toBe("Merry Heron");
  });

  it("is one that nobody has", () => {
    expect(friendlyName(WORDS, rolls(0, 0, 0.99, 0), [" quiet heron"])).toBe("Merry Heron");
  });

  it("gets a number when every pair is taken", () => {
    const taken = ["Quiet Heron", "Merry Heron", "Quiet Heron 2"];
    expect(friendlyName(WORDS, rolls(0), taken)).toBe("Quiet Heron 3");
  });

  it("is taken however it is written", () => {
    expect(isTaken("QUIET heron", ["Quiet Heron"])).toBe(true);
    expect(isTaken("Quiet Heron", ["Quiet Herons"])).toBe(false);
  });
});

const PLAYER = byLanguage(
  import.meta.glob<PlayerText>("../../languages/*/player.ts", { eager: true, import: "player" }),
);

it.each(Object.values(PLAYER))("has words enough, each once", ({ nameWords: { first, second } }) => {
  expect(first.length * second.length).toBeGreaterThan(400);
  expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
});
