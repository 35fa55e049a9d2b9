/**
 * Two lines for who is here for the first time: how to walk, and how to speak and wave. Each fades when it was done
 * once.
 */
import { el, show } from "../dom/element";
import type { Speech } from "../text/speech";

export type Learned = "walk" | "speak";

export interface HintParts {
  readonly speech: Speech;
  /** Words for fingers instead of keys. */
  readonly touch: boolean;
  /** What this browser has done before. */
  readonly learned: readonly Learned[];
  /** Something was done for the first time. */
  readonly onLearned: (learned: readonly Learned[]) => void;
}

export class Hint {
  private readonly walk = el("p");
  private readonly speak = el("p");
  readonly element = el("div", { class: "panel hint", role: "note" }, this.walk, this.speak);
  private readonly learned: Set<Learned>;

  constructor(private readonly parts: HintParts) {
    this.learned = new Set(parts.learned);
    parts.speech.render(({ hint }) => {
      this.walk.textContent = parts.touch ? hint.touchWalk : hint.keysWalk;
      this.speak.textContent = parts.touch ? hint.touchSpeak : hint.keysSpeak;
    });
    show(this.walk, !this.learned.has("walk"));
    show(this.speak, !this.learned.has("speak"));
    // What has faded takes no room, and the panel goes with its last line.
    for (const line of [this.walk, this.speak])
      line.addEventListener("animationend", () => {
        show(line, false);
        this.inWorld(!this.element.hidden);
      });
  }

  /** It shows in the world alone. */
  inWorld(inside: boolean): void {
    show(this.element, inside && !(this.walk.hidden && this.speak.hidden));
  }

  used(what: Learned): void {
    if (this.element.hidden || this.learned.has(what)) return;
    this.learned.add(what);
    (what === "walk" ? this.walk : this.speak).classList.add("learned");
    this.parts.onLearned([...this.learned]);
  }
}
