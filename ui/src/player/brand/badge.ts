/**
 * The host's badge: a small lantern. Metal and glass are colours of the style, so that it shows on any panel.
 */
import { icon } from "../dom/element";
import badge from "./lantern.svg?raw";

/** `height` in CSS pixels. Decoration: the word stands beside it once. */
export function lanternBadge(height: number): SVGElement {
  const svg = icon(badge, height);
  svg.removeAttribute("fill");
  svg.setAttribute("width", `${(height * 14) / 16}`);
  svg.classList.add("lantern-badge");
  return svg;
}
