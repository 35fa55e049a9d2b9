// @vitest-environment jsdom
import { expect, it } from "vitest";
import { Hint, type Learned } from "./hint";
import { isShown, onPage, speechIn } from "./scripted";

function hint(touch = false, learned: readonly Learned[] = []) {
  const kept: (readonly Learned[])[] = [];
  const it = new Hint({ speech: speechIn(), touch, learned, onLearned: (all) => kept.push(all) });
  const element = onPage(it.element);
  const lines = () => [...element.querySelectorAll("p")].filter(isShown).map((line) => line.textContent);
  const rest = () => {
    for (const line of element.querySelectorAll(".learned")) line.dispatchEvent(new Event("animationend"));
  };
  it.inWorld(true);
  return { it, element, kept, lines, rest };
}

it("says how to walk, speak and wave, in the words of the device", () => {
  expect(hint().lines()).toEqual([
    "Walk with the arrow keys, or click where you want to go.",
    "Enter to speak, 1 to wave.",
  ]);
  expect(hint(true).lines()[0]).toBe("Walk with the stick, or tap where you want to go.");
});

it("fades line by line at the first use, and goes with the last", () => {
  const { it, element, kept, lines, rest } = hint();
  it.used("walk");
  it.used("walk");
  rest();
  expect(lines()).toEqual(["Enter to speak, 1 to wave."]);
  it.used("speak");
  rest();
  expect(isShown(element)).toBe(false);
  expect(kept).toEqual([["walk"], ["walk", "speak"]]);
});

it("is not there for who knows the way", () => {
  expect(isShown(hint(false, ["walk", "speak"]).element)).toBe(false);
});

it("learns nothing outside of the world", () => {
  const { it, kept } = hint();
  it.inWorld(false);
  it.used("walk");
  expect(kept).toEqual([]);
});
