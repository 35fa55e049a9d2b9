/**
 * The mark and the wordmark. The i is written without its dot; the dot is the lantern, and it says how the world is.
 */
import { el, icon } from "../dom/element";
import mark from "./mark.svg?raw";

export type LanternState = "lit" | "starting" | "out" | "failed";

export function brandMark(size: number): Element {
  const svg = icon(mark, size);
  svg.removeAttribute("fill");
  return svg;
}

/** Light it with `data-lantern` on this element or any around it. */
export function wordmark(): HTMLElement {
  const dotlessI = el("span", { class: "wordmark-i" }, "ı");
  const letters = el("span", { "aria-hidden": "true" }, "CoMut", dotlessI, "Ny");
  return el("span", { class: "wordmark", role: "img", "aria-label": "CoMutiNy" }, letters);
}
