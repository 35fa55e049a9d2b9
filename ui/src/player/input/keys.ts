/**
 * Arrow keys and WASD as a direction, Enter and T for the chat, digits for emotes. Keys meant for a field, a dialog or
 * the browser are left alone.
 */
import type { Wish } from "../walker";

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  KeyW: [0, -1],
  KeyS: [0, 1],
  KeyA: [-1, 0],
  KeyD: [1, 0],
};

const DIGIT = /^(Digit|Numpad)[1-9]$/;

export class Keys {
  private readonly held = new Set<string>();

  /** `onChat`: Enter or T, pressed while walking about. `onDigit`: 1 to 9, counted from 0. */
  constructor(target: Window, onChat: () => void, onDigit: (index: number) => void) {
    target.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.code in DIRECTIONS) {
        this.held.add(event.code);
        event.preventDefault();
      } else if (event.code === "KeyT" || (event.key === "Enter" && !isPressable(event.target))) {
        event.preventDefault();
        onChat();
      } else if (DIGIT.test(event.code) && !event.shiftKey && !event.repeat) {
        onDigit(Number(event.code.at(-1)) - 1);
      }
    });
    target.addEventListener("keyup", (event) => this.held.delete(event.code));
    target.addEventListener("blur", () => this.held.clear());
    target.addEventListener("focusin", (event) => {
      if (isTyping(event.target)) this.held.clear();
    });
  }

  get wish(): Wish | null {
    let x = 0;
    let z = 0;
    for (const code of this.held) {
      const [dx, dz] = DIRECTIONS[code] ?? [0, 0];
      x += dx;
      z += dz;
    }
    const length = Math.hypot(x, z);
    return length === 0 ? null : { x: x / length, z: z / length };
  }
}

/** A card that the world goes on behind is no dialog that takes all keys. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog:modal") !== null;
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, a, summary") !== null;
}
