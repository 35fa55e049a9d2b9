/**
 * A crowd on the map as a glow that follows how densely people stand: above some hundreds, single lights are a heap of
 * discs that hides what it should show.
 *
 * Densities are made on a grid of CSS pixels and painted larger; only the picture of it touches a canvas.
 */

/** A place on the grid. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

export interface Density {
  readonly width: number;
  readonly height: number;
  /** Row by row; how many people stand close by. */
  readonly values: Float32Array;
  readonly most: number;
}

/** Standard deviations, CSS pixels, and the share of the wide one: a glow has a core and a halo. */
const CORE = 5.6;
const HALO = 10;
const HALO_SHARE = 0.22;
/** Density at which brightness is half way to logarithmic. */
const KNEE = 1.6;
/** From the edge of the glow to its heart. */
const COLOURS: readonly (readonly [at: number, red: number, green: number, blue: number])[] = [
  [0, 0xa8, 0x54, 0x16],
  [0.55, 0xf8, 0xac, 0x3e],
  [1, 0xff, 0xda, 0x8a],
];

/** Kept between drawings: the page draws one map every second. */
const scratch = { size: 0, one: new Float32Array(0), two: new Float32Array(0) };

/** How densely these stand, scaled so that one person alone has the density 1 at their feet. */
export function densityOf(dots: readonly Dot[], width: number, height: number): Density {
  const size = width * height;
  const crowd = new Float32Array(size);
  for (const { x, y } of dots) {
    const column = Math.round(x);
    const row = Math.round(y);
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const at = row * width + column;
    crowd[at] = (crowd[at] ?? 0) + 1;
  }
  if (scratch.size !== size) {
    Object.assign(scratch, { size, one: new Float32Array(size), two: new Float32Array(size) });
  }
  const core = blurred(crowd, width, height, CORE, scratch.one);
  const halo = blurred(crowd, width, height, HALO, scratch.two);
  const values = new Float32Array(size);
  let most = 0;
  for (let at = 0; at < size; at++) {
    const value = ((core[at] ?? 0) * CORE ** 2 + HALO_SHARE * (halo[at] ?? 0) * HALO ** 2) * 2 * Math.PI;
    values[at] = value;
    if (value > most) most = value;
  }
  return { width, height, values, most };
}

/** 0 where nobody is, 1 where most stand. */
export function brightness({ values, most }: Density, at: number): number {
  if (most <= 0) return 0;
  return Math.log1p((values[at] ?? 0) / KNEE) / Math.log1p(most / KNEE);
}

/** Red, green, blue and alpha, 0 to 255, of the whole grid. */
export function glowPixels(density: Density): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(density.values.length * 4);
  for (let at = 0; at < density.values.length; at++) {
    const bright = brightness(density, at);
    if (bright <= 0) continue;
    pixels.set([...colourAt(bright), 255 * bright ** 1.25], at * 4);
  }
  return pixels;
}

function colourAt(bright: number): readonly [number, number, number] {
  const [dark, middle, light] = COLOURS;
  if (!dark || !middle || !light) return [0, 0, 0];
  const [from, to] = bright < middle[0] ? [dark, middle] : [middle, light];
  const share = (bright - from[0]) / (to[0] - from[0]);
  return [mix(from[1], to[1], share), mix(from[2], to[2], share), mix(from[3], to[3], share)];
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/** Three box blurs, which together are a Gaussian closely enough and cost the same for any width. */
function blurred(
  from: Float32Array,
  width: number,
  height: number,
  deviation: number,
  into: Float32Array,
): Float32Array {
  into.set(from);
  const line = new Float32Array(Math.max(width, height));
  for (const radius of boxRadii(deviation)) {
    for (let row = 0; row < height; row++) boxLine(into, line, row * width, 1, width, radius);
    for (let column = 0; column < width; column++) boxLine(into, line, column, width, height, radius);
  }
  return into;
}

/** Of three boxes whose variances add up to that of the Gaussian. */
function boxRadii(deviation: number): readonly [number, number, number] {
  const ideal = Math.sqrt((12 * deviation ** 2) / 3 + 1);
  const small = Math.floor((ideal - 1) / 2);
  const lower = 2 * small + 1;
  const smaller = Math.round((12 * deviation ** 2 - 3 * lower ** 2 - 12 * lower - 9) / (-4 * lower - 4));
  const radius = (place: number) => (place < smaller ? small : small + 1);
  return [radius(0), radius(1), radius(2)];
}

/** The mean over a window that slides along one row or column. */
function boxLine(
  grid: Float32Array,
  line: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  for (let at = 0; at < length; at++) line[at] = grid[start + at * step] ?? 0;
  const share = 1 / (2 * radius + 1);
  let sum = 0;
  for (let at = 0; at <= radius && at < length; at++) sum += line[at] ?? 0;
  for (let at = 0; at < length; at++) {
    grid[start + at * step] = sum * share;
    sum += (line[at + radius + 1] ?? 0) * (at + radius + 1 < length ? 1 : 0);
    if (at - radius >= 0) sum -= line[at - radius] ?? 0;
  }
}
