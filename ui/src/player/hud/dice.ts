/**
 * A dice to press: every roll shows another face of it.
 */
import five from "@phosphor-icons/core/assets/fill/dice-five-fill.svg?raw";
import four from "@phosphor-icons/core/assets/fill/dice-four-fill.svg?raw";
import one from "@phosphor-icons/core/assets/fill/dice-one-fill.svg?raw";
import six from "@phosphor-icons/core/assets/fill/dice-six-fill.svg?raw";
import three from "@phosphor-icons/core/assets/fill/dice-three-fill.svg?raw";
import two from "@phosphor-icons/core/assets/fill/dice-two-fill.svg?raw";
import { el, icon } from "../dom/element";

const FACES = [one, two, three, four, five, six];
const SIZE = 24;

export class Dice {
  private face: number;
  private readonly words = el("span");
  readonly element: HTMLButtonElement;

  /** `face` is the one it lies on, from 1 to 6. */
  constructor(kind: string, face: number, onRoll: () => void) {
    this.face = face - 1;
    this.element = el("button", { class: `dice ${kind}`, type: "button" });
    this.lie();
    this.element.addEventListener("click", () => {
      this.face = (this.face + 1 + Math.floor(Math.random() * (FACES.length - 1))) % FACES.length;
      this.lie();
      onRoll();
    });
  }

  /** What stands beside it, and what it is called; without the first it is called alone. */
  name(label: string, words = ""): void {
    this.words.textContent = words;
    this.element.setAttribute("aria-label", label);
    this.element.title = label;
  }

  private lie(): void {
    this.element.replaceChildren(icon(FACES[this.face] ?? one, SIZE), this.words);
  }
}
