/**
 * Where a remote player is *now*, from positions that arrived whenever they arrived.
 *
 * Players are drawn 120 ms in the past, between two positions that are known. Pure functions over an immutable track:
 * no clock, no world geometry. All times are milliseconds of one monotonic clock.
 */
import type { Position } from "../contract/index.js";

/** How far in the past remote players are drawn. */
export const BUFFER_MS = 120;
/** How long a player goes on in a straight line when nothing arrives; then he holds. */
export const EXTRAPOLATE_MS = 100;
/** A jump farther than this many tiles is a teleport: no gliding across the harbour. */
export const TELEPORT_TILES = 6;
/**
 * After a pause the first step would be stretched over the whole pause; instead it starts at most this long before
 * it arrived.
 */
const LONGEST_STEP_MS = 250;
/** Positions kept per player: enough for 60 a second over the buffer. */
const TRACK_LENGTH = 12;

export interface TimedPosition {
  readonly at: number;
  readonly position: Position;
  /** Whether the player sent that he was walking: who stands is never carried on past his last position. */
  readonly moving: boolean;
}

export type Track = readonly TimedPosition[];

export interface Sampled {
  readonly position: Position;
  /** Tiles per second along the ground, for the walk cycle. */
  readonly speed: number;
}

export function extendTrack(track: Track, arrival: TimedPosition): Track {
  const { at, position } = arrival;
  const last = track.at(-1);
  if (!last || groundDistance(last.position, position) > TELEPORT_TILES) return [arrival];
  // Two arrivals in one breath: the newer replaces the older, for there is no time between them to walk in.
  if (at <= last.at) return [...track.slice(0, -1), { ...arrival, at: last.at }];
  const rested = at - last.at > LONGEST_STEP_MS;
  const held = rested ? [...track, { ...last, at: at - LONGEST_STEP_MS }] : track;
  return [...held, arrival].slice(-TRACK_LENGTH);
}

/** `undefined` only for an empty track. */
export function sampleTrack(track: Track, now: number): Sampled | undefined {
  const time = now - BUFFER_MS;
  const first = track[0];
  const last = track.at(-1);
  if (!first || !last) return undefined;
  if (time <= first.at) return { position: first.position, speed: 0 };
  for (let i = track.length - 1; i > 0; i--) {
    const to = track[i];
    const from = track[i - 1];
    if (to && from && from.at <= time && time < to.at) return between(from, to, time);
  }
  return beyond(track, last, time);
}

/** After the last known position: on for a moment, then still. */
function beyond(track: Track, last: TimedPosition, time: number): Sampled {
  const from = track.at(-2);
  if (!from || !last.moving) return { position: last.position, speed: 0 };
  const ahead = Math.min(time - last.at, EXTRAPOLATE_MS);
  const reached = between(from, last, last.at + ahead);
  return time - last.at > EXTRAPOLATE_MS ? { position: reached.position, speed: 0 } : reached;
}

function between(from: TimedPosition, to: TimedPosition, time: number): Sampled {
  const span = to.at - from.at;
  const t = (time - from.at) / span;
  const mix = (a: number, b: number) => a + (b - a) * t;
  return {
    position: {
      x: mix(from.position.x, to.position.x),
      y: mix(from.position.y, to.position.y),
      z: mix(from.position.z, to.position.z),
    },
    speed: (groundDistance(from.position, to.position) / span) * 1000,
  };
}

export function groundDistance(a: Position, b: Position): number {
  return Math.hypot(b.x - a.x, b.z - a.z);
}
