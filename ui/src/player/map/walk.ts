/**
 * Where one may stand, how a step slides along what is in the way, and the way to a place that was clicked.
 *
 * Pure geometry over the map; it knows no player, input or clock.
 */
import type { Spot } from "@comutiny/client/contract";
import { BODY_HALF_WIDTH as BODY, STEP_HEIGHT } from "@comutiny/client/maps";
import type { Terrain } from "./terrain";

export function canStand(terrain: Terrain, { x, z }: Spot): boolean {
  const { ground, height } = terrain.tileUnder(x, z);
  if (ground === "water") return false;
  for (const [dx, dz] of [
    [-BODY, 0],
    [BODY, 0],
    [0, -BODY],
    [0, BODY],
  ] as const) {
    const beside = terrain.tileUnder(x + dx, z + dz);
    if (beside.ground === "water" || Math.abs(beside.height - height) > STEP_HEIGHT) return false;
  }
  return !terrain.blocks.some(
    (block) =>
      x > block.west - BODY &&
      x < block.east + BODY &&
      z > block.north - BODY / 2 &&
      z < block.south + BODY / 2,
  );
}

/**
 * One small step. What is in the way is slid along; who already stands where one cannot (put there by another client
 * or an older map) may always walk out.
 */
export function step(terrain: Terrain, from: Spot, dx: number, dz: number): Spot {
  const wished = clampToMap(terrain, { x: from.x + dx, z: from.z + dz });
  if (!canStand(terrain, from) || canStand(terrain, wished)) return wished;
  const alongX = clampToMap(terrain, { x: from.x + dx, z: from.z });
  if (dx !== 0 && canStand(terrain, alongX)) return alongX;
  const alongZ = clampToMap(terrain, { x: from.x, z: from.z + dz });
  if (dz !== 0 && canStand(terrain, alongZ)) return alongZ;
  return from;
}

function clampToMap({ bounds }: Terrain, { x, z }: Spot): Spot {
  return {
    x: Math.min(bounds.east, Math.max(bounds.west, x)),
    z: Math.min(bounds.south, Math.max(bounds.north, z)),
  };
}

/** `random` lies in [0, 1). Always a place where one can stand. */
export function spawnSpot(terrain: Terrain, random: () => number): Spot {
  const { x, z, radius } = terrain.spawn;
  const angle = random() * Math.PI * 2;
  const distance = Math.sqrt(random()) * radius;
  const spot = { x: x + Math.cos(angle) * distance, z: z + Math.sin(angle) * distance };
  return canStand(terrain, spot) ? spot : { x, z };
}

/** Cells per tile of the grid on which ways are searched. */
const CELLS = 2;

/**
 * Corners of a short way, without the start; the last is where one can stand nearest to the goal. Empty when there is
 * nowhere to go. A breadth-first search: the map has some 3500 cells, and it runs once per click.
 */
export function wayTo(terrain: Terrain, from: Spot, goal: Spot): readonly Spot[] {
  const start = cellOf(from);
  const cameFrom = new Map<number, number>([[start, start]]);
  let nearest = start;
  let nearestDistance = distance(spotOf(start), goal);
  const queue = [start];
  for (const cell of queue) {
    const here = spotOf(cell);
    const left = distance(here, goal);
    if (left < nearestDistance) [nearest, nearestDistance] = [cell, left];
    for (const [dx, dz] of NEIGHBOURS) {
      const there = { x: here.x + dx / CELLS, z: here.z + dz / CELLS };
      const next = cellOf(there);
      if (cameFrom.has(next) || !isClear(terrain, here, there)) continue;
      cameFrom.set(next, cell);
      queue.push(next);
    }
  }
  const cells: Spot[] = [];
  for (let cell = nearest; cell !== start; cell = cameFrom.get(cell) ?? start) cells.push(spotOf(cell));
  const reachesGoal = canStand(terrain, goal) && nearestDistance < 1 / CELLS;
  const corners = [...cells.reverse(), ...(reachesGoal ? [goal] : [])];
  return straighten(terrain, from, corners);
}

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

const WIDTH = 4096;
const cellOf = ({ x, z }: Spot) =>
  (Math.round(z * CELLS) + WIDTH / 2) * WIDTH + Math.round(x * CELLS) + WIDTH / 2;
const spotOf = (cell: number): Spot => ({
  x: ((cell % WIDTH) - WIDTH / 2) / CELLS,
  z: (Math.floor(cell / WIDTH) - WIDTH / 2) / CELLS,
});
const distance = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.z - b.z);

/** Whether one walks straight from one spot to the other without anything in the way. */
export function isClear(terrain: Terrain, from: Spot, to: Spot): boolean {
  const steps = Math.ceil(distance(from, to) / 0.12);
  let height = terrain.tileUnder(from.x, from.z).height;
  for (let i = 1; i <= steps; i++) {
    const spot = { x: from.x + ((to.x - from.x) * i) / steps, z: from.z + ((to.z - from.z) * i) / steps };
    const tile = terrain.tileAt(Math.round(spot.x), Math.round(spot.z));
    if (Math.abs(tile.height - height) > STEP_HEIGHT || !canStand(terrain, spot)) return false;
    height = tile.height;
  }
  return true;
}

/** Leaves out every corner that can be cut. */
function straighten(terrain: Terrain, from: Spot, corners: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  let at = from;
  for (let i = 0; i < corners.length; i++) {
    const next = corners[i + 1];
    const corner = corners[i];
    if (corner && !(next && isClear(terrain, at, next))) {
      kept.push(corner);
      at = corner;
    }
  }
  return kept;
}
