/**
 * Breaks what somebody says into the lines of a bubble: few, even, never too wide. Pure: measuring is handed in.
 */

/** Widest text, CSS pixels: a bubble of 216 without its sides. */
export const BUBBLE_TEXT_WIDTH = 192;
export const BUBBLE_LINES = 3;
const MORE = "…";

/** Width of a text in CSS pixels. */
export type Measure = (text: string) => number;

export function bubbleLines(content: string, measure: Measure): readonly string[] {
  const words = content
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => shortEnough(word, measure));
  const lines = fill(words, BUBBLE_TEXT_WIDTH, measure);
  if (lines.length > BUBBLE_LINES) return truncated(lines, measure);
  return evenly(words, lines, measure);
}

/** The narrowest width that needs no more lines makes them even. */
function evenly(words: readonly string[], lines: readonly string[], measure: Measure): readonly string[] {
  let even = lines;
  for (let width = BUBBLE_TEXT_WIDTH - 8; width > 24; width -= 8) {
    const narrower = fill(words, width, measure);
    if (narrower.length > lines.length || narrower.some((line) => measure(line) > width)) break;
    even = narrower;
  }
  return even;
}

function fill(words: readonly string[], width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function truncated(lines: readonly string[], measure: Measure): readonly string[] {
  const kept = lines.slice(0, BUBBLE_LINES);
  let last = [...(kept.at(-1) ?? "")];
  while (last.length > 0 && measure(last.join("") + MORE) > BUBBLE_TEXT_WIDTH) last = last.slice(0, -1);
  return [...kept.slice(0, -1), last.join("").trimEnd() + MORE];
}

/** A word wider than a bubble is broken where it must be. */
function shortEnough(word: string, measure: Measure): readonly string[] {
  if (measure(word) <= BUBBLE_TEXT_WIDTH) return [word];
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (measure(part + letter) > BUBBLE_TEXT_WIDTH) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}

/** How long a bubble stays, ms: time to notice it and 60 ms a letter. */
export function bubbleStay(content: string): number {
  return 4000 + 60 * content.length;
}
