import { expect, test } from "vitest";
import { markedParts } from "./marked-parts";

const shown = (line: string, word: string) =>
  markedParts(line, word)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join("");

test("the word is marked wherever it stands, in any case", () => {
  expect(shown("You Fool, fool!", "fool")).toBe("You [Fool], [fool]!");
  expect(shown("fool", "fool")).toBe("[fool]");
});

test("a word in disguise leaves the line whole", () => {
  expect(shown("you f00l", "fool")).toBe("you f00l");
  expect(shown("İ am no fool", "fool")).toBe("İ am no fool");
  expect(shown("", "fool")).toBe("");
});
