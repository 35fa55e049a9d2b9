import { describe, expect, it } from "vitest";
import { BUBBLE_TEXT_WIDTH, bubbleLines, bubbleStay } from "./bubble-text";

const measure = (text: string) => [...text].length * 8;

describe("a bubble", () => {
  const check = (content: string, lines: string[]) => expect(bubbleLines(content, measure)).toEqual(lines);

  it("keeps short words on one line and breaks longer ones evenly", () => {
    check("On my way", ["On my way"]);
    check("The market opens at nine. I kept you a place", [
      "The market opens at",
      "nine. I kept you a place",
    ]);
    check("", []);
    check("  a \n b ", ["a b"]);
  });

  it("has three lines at most", () => {
    const lines = bubbleLines("word ".repeat(80), measure);
    expect(lines).toHaveLength(3);
    expect(lines[2]?.endsWith("…")).toBe(true);
  });

  it("is never too wide, whatever is said", () => {
    for (const content of [
      "x".repeat(500),
      "👩‍🌾".repeat(90),
      `a ${"y".repeat(70)} b`,
      "\u200d".repeat(40),
    ]) {
      for (const line of bubbleLines(content, measure))
        expect(measure(line)).toBeLessThanOrEqual(BUBBLE_TEXT_WIDTH);
    }
  });

  it("stays long enough to be read", () => {
    expect(bubbleStay("")).toBe(4000);
    expect(bubbleStay("x".repeat(100))).toBe(10_000);
  });
});
