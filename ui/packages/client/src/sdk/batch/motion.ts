import type { Reader } from "./reader.js";

/**
 * Where a player is and how it moves, as both sides of a stream remember it.
 *
 * A coordinate is a whole number of the smallest digit, so that differences are exact; one that is no short decimal is
 * `raw`, and `at` is the number itself.
 */
export interface Axis {
  raw: boolean;
  at: number;
  /** How far the last step went. */
  pace: number;
}

export interface Motion {
  decimals: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly z: Axis;
}

export const MOST_DECIMALS = 4;
const SCALES: readonly number[] = [1, 10, 100, 1000, 10_000];
/** Places are below this, paces below twice this. */
const LIMIT = 2 ** 27;

const RAW_X = 8;
const MOVING = 64;
const KNOWN_SHAPE = 127;

/** Dividing gives exactly the double nearest to the decimal: IEEE 754 division is correctly rounded. */
export function positionOf({ decimals, x, y, z }: Motion): { x: number; y: number; z: number } {
  const scale = SCALES[decimals] ?? 1;
  return { x: place(x, scale), y: place(y, scale), z: place(z, scale) };
}

function place({ raw, at }: Axis, scale: number): number {
  return raw ? at : at / scale;
}

/** The position of a new slot. */
export function readMotion(reader: Reader): Motion {
  const shape = reader.byte();
  const decimals = shape & 7;
  if (shape > KNOWN_SHAPE || decimals > MOST_DECIMALS) reader.fail("bad-shape");
  const motion = {
    decimals,
    x: readPlace(reader, (shape & RAW_X) !== 0),
    y: readPlace(reader, (shape & (RAW_X << 1)) !== 0),
    z: readPlace(reader, (shape & (RAW_X << 2)) !== 0),
  };
  if (shape & MOVING) for (const axis of [motion.x, motion.y, motion.z]) readPace(reader, axis);
  return motion;
}

function readPlace(reader: Reader, raw: boolean): Axis {
  if (raw) return { raw, at: reader.double(), pace: 0 };
  const at = reader.signed();
  if (Math.abs(at) >= LIMIT) reader.fail("out-of-range");
  return { raw, at, pace: 0 };
}

function readPace(reader: Reader, axis: Axis): void {
  if (axis.raw) return;
  axis.pace = reader.signed();
  if (Math.abs(axis.pace) >= 2 * LIMIT) reader.fail("out-of-range");
}

/** Goes over to more decimals; a place that would be too large becomes raw, a pace nothing. */
export function refine(motion: Motion, decimals: number): void {
  const scale = SCALES[motion.decimals] ?? 1;
  const factor = (SCALES[decimals] ?? 1) / scale;
  for (const axis of [motion.x, motion.y, motion.z]) {
    if (axis.raw) continue;
    if (Math.abs(axis.at * factor) >= LIMIT) {
      axis.raw = true;
      axis.at /= scale;
    } else {
      axis.at *= factor;
      axis.pace = Math.abs(axis.pace * factor) < 2 * LIMIT ? axis.pace * factor : 0;
    }
  }
  motion.decimals = decimals;
}

/** As far as the step before. What is raw stays. */
export function goOn(reader: Reader, axis: Axis): void {
  if (!axis.raw && axis.pace !== 0) moveTo(reader, axis, axis.at + axis.pace);
}

export function standStill(axis: Axis): void {
  axis.pace = 0;
}

/** So much further than the step before. What was raw is from here on this number, standing still. */
export function goBy(reader: Reader, axis: Axis, more: number): void {
  if (axis.raw) {
    axis.raw = false;
    moveTo(reader, axis, more);
    axis.pace = 0;
    return;
  }
  const from = axis.at;
  moveTo(reader, axis, from + axis.pace + more);
  axis.pace = axis.at - from;
}

export function jumpTo(axis: Axis, value: number): void {
  axis.raw = true;
  axis.at = value;
}

function moveTo(reader: Reader, axis: Axis, at: number): void {
  if (Math.abs(at) >= LIMIT) reader.fail("out-of-range");
  axis.at = at;
}
