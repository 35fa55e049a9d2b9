/**
 * The stick for thumbs: shown on coarse pointers only, a direction and a pace.
 */
import { el } from "../dom/element";
import type { Wish } from "../walker";

/** Radius the knob travels, CSS pixels. */
const REACH = 44;
/** Share of the reach within which nobody walks. */
const REST = 0.18;

export class Joystick {
  readonly element = el("div", { class: "joystick", "aria-hidden": "true" });
  private readonly knob = el("div", { class: "joystick-knob" });
  private pointer: number | null = null;
  wish: Wish | null = null;

  constructor() {
    this.element.append(this.knob);
    this.element.addEventListener("pointerdown", (event) => {
      if (this.pointer !== null) return;
      this.pointer = event.pointerId;
      this.element.setPointerCapture(event.pointerId);
      this.push(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.pointer) this.push(event);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      this.element.addEventListener(end, (event) => {
        if (event.pointerId === this.pointer) this.release();
      });
    }
  }

  private push(event: PointerEvent): void {
    event.preventDefault();
    const box = this.element.getBoundingClientRect();
    const dx = event.clientX - (box.left + box.width / 2);
    const dy = event.clientY - (box.top + box.height / 2);
    const length = Math.hypot(dx, dy);
    const pull = Math.min(1, length / REACH);
    const unit = length > 0 ? pull / length : 0;
    this.knob.style.transform = `translate(${dx * unit * REACH}px, ${dy * unit * REACH}px)`;
    this.wish = pull < REST ? null : { x: dx * unit, z: dy * unit };
  }

  private release(): void {
    this.pointer = null;
    this.wish = null;
    this.knob.style.transform = "";
  }
}
