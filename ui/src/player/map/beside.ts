/**
 * Room beside somebody: where a friend walks in, and where one stops who walks to another. Pure.
 */
import type { Spot } from "@comutiny/client/contract";
import type { Terrain } from "./terrain";
import { canStand, isClear } from "./walk";

/** How far from somebody a friend stands, in tiles. */
const APART = 1.1;
/** Nearer than this to somebody nobody else finds room. */
const ROOM = 0.6;
/** Ways to look for room, the first is the left. */
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4].map((eighth) => Math.PI + (eighth * Math.PI) / 4);

/** A spot beside this one that one walks to straight and where nobody stands; `null` where there is none. */
export function besideOf(terrain: Terrain, spot: Spot, others: readonly Spot[]): Spot | null {
  for (const turn of TURNS) {
    const beside = { x: spot.x + Math.cos(turn) * APART, z: spot.z - Math.sin(turn) * APART };
    if (hasRoom(terrain, beside, others) && isClear(terrain, spot, beside)) return beside;
  }
  return null;
}

/** Whether one more person has room here. */
export function hasRoom(terrain: Terrain, spot: Spot, others: readonly Spot[]): boolean {
  return canStand(terrain, spot) && !others.some(({ x, z }) => Math.hypot(x - spot.x, z - spot.z) < ROOM);
}
