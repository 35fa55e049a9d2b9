/**
 * Head and shoulders of a player for lists and cards, painted into a canvas of its own.
 */
import { DAY } from "../art/palette";
import { PERSON_SCALE, paintPerson, paintPersonShadow } from "../art/person";
import type { Look } from "../look/look";

/** Art pixels of a figure that a round portrait shows across. */
const ACROSS = 34;

/** `size` in CSS pixels. Decoration: the name stands beside it. */
export function portrait(look: Look, size: number): HTMLCanvasElement {
  const canvas = pictureOf(size, size);
  const c = canvas.getContext("2d");
  if (!c) return canvas;
  const unit = canvas.width / ACROSS / PERSON_SCALE;
  c.setTransform(unit, 0, 0, unit, canvas.width / 2, canvas.height + 32.5 * PERSON_SCALE * unit);
  paintPerson(c, { look, heading: "down", pose: "idle" }, DAY);
  return canvas;
}

/** The whole figure with its shadow; `height` in CSS pixels. */
export function fullFigure(look: Look, height: number): HTMLCanvasElement {
  const canvas = pictureOf(height * 0.62, height);
  const c = canvas.getContext("2d");
  if (!c) return canvas;
  const unit = canvas.height / (82 * PERSON_SCALE);
  c.setTransform(unit, 0, 0, unit, canvas.width / 2, 75 * PERSON_SCALE * unit);
  paintPersonShadow(c, DAY);
  paintPerson(c, { look, heading: "down", pose: "idle" }, DAY);
  return canvas;
}

function pictureOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
