/**
 * The few strokes everything is drawn with: flat shapes in two tones with a hard edge, no outlines, no gradients.
 *
 * All coordinates are art pixels (a tile is 48 x 36). It knows canvases and colours, and nothing of the world.
 */
import { mix } from "./palette";

export type Canvas2d = CanvasRenderingContext2D;

export const TILE_WIDTH = 48;
export const TILE_DEPTH = 36;
/** Art pixels per world unit of height. */
export const RISE = 34;

export type Corners = number | [number, number, number, number];

export function block(
  c: Canvas2d,
  fill: string,
  x: number,
  y: number,
  w: number,
  h: number,
  corners: Corners = 0,
): void {
  c.fillStyle = fill;
  c.beginPath();
  c.roundRect(x, y, w, h, corners);
  c.fill();
}

export function dot(c: Canvas2d, fill: string, x: number, y: number, r: number): void {
  c.fillStyle = fill;
  c.beginPath();
  c.arc(x, y, r, 0, Math.PI * 2);
  c.fill();
}

/** A filled shape; `trace` makes the path. */
export function shape(c: Canvas2d, fill: string, trace: () => void): void {
  c.fillStyle = fill;
  c.beginPath();
  trace();
  c.fill();
}

export function polygon(c: Canvas2d, fill: string, ...points: readonly (readonly [number, number])[]): void {
  shape(c, fill, () => {
    for (const [x, y] of points) c.lineTo(x, y);
    c.closePath();
  });
}

/** Draws `paint` only inside the path of `trace`. */
export function within(c: Canvas2d, trace: () => void, paint: () => void): void {
  c.save();
  c.beginPath();
  trace();
  c.clip();
  paint();
  c.restore();
}

/** A round thing: the base, and a crescent of shade away from the light at the upper left. */
export function ball(
  c: Canvas2d,
  x: number,
  y: number,
  r: number,
  base: string,
  shade: string,
  share = 0.2,
): void {
  within(
    c,
    () => c.arc(x, y, r, 0, Math.PI * 2),
    () => {
      c.fillStyle = mix(base, shade, share);
      c.fillRect(x - r, y - r, r * 2, r * 2);
      dot(c, base, x - r * 0.29, y - r * 0.25, r * 1.02);
    },
  );
}

/** What a thing throws on the ground, a little to the right. */
export function groundShadow(
  c: Canvas2d,
  x: number,
  y: number,
  rx: number,
  ry: number,
  shade: string,
  alpha: number,
): void {
  c.save();
  c.globalAlpha = alpha;
  shape(c, shade, () => c.ellipse(x + rx * 0.35, y + ry * 0.15, rx * 1.1, ry, 0, 0, Math.PI * 2));
  c.restore();
}

/** Repeatable chance in [0, 1) for a place on the map, so that every visitor sees the same tufts. */
export function chance(x: number, z: number): number {
  let n = Math.imul(x, 374761393) + Math.imul(z, 668265263);
  n = Math.imul(n ^ (n >>> 13), 1274126177);
  return ((n ^ (n >>> 16)) >>> 0) / 2 ** 32;
}
