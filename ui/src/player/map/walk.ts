/**
 * Where one may stand, how a step slides along what is in the way, and the way to a place that was clicked.
 *
 * Pure geometry over the map; it knows no player, input or clock.
 */
import { BOUNDS, STEP_HEIGHT, tileAt, tileUnder } from "./harbour";
import { BLOCKS } from "./scenery";

export interface Spot {
  readonly x: number;
  readonly z: number;
}

/** Half a person's width on the ground, in tiles. */
const BODY = 0.24;

/** Where newcomers stand, around the middle of the compass rose. */
export const SPAWN_RADIUS = 2.6;

export function canStand({ x, z }: Spot): boolean {
  const { ground, height } = tileUnder(x, z);
  if (ground === "water") return false;
  for (const [dx, dz] of [
    [-BODY, 0],
    [BODY, 0],
    [0, -BODY],
    [0, BODY],
  ] as const) {
    const beside = tileUnder(x + dx, z + dz);
    if (beside.ground === "water" || Math.abs(beside.height - height) > STEP_HEIGHT) return false;
  }
  return !BLOCKS.some(
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
export function step(from: Spot, dx: number, dz: number): Spot {
  const wished = clampToMap({ x: from.x + dx, z: from.z + dz });
  if (!canStand(from) || canStand(wished)) return wished;
  const alongX = clampToMap({ x: from.x + dx, z: from.z });
  if (dx !== 0 && canStand(alongX)) return alongX;
  const alongZ = clampToMap({ x: from.x, z: from.z + dz });
  if (dz !== 0 && canStand(alongZ)) return alongZ;
  return from;
}

function clampToMap({ x, z }: Spot): Spot {
  return {
    x: Math.min(BOUNDS.east, Math.max(BOUNDS.west, x)),
    z: Math.min(BOUNDS.south, Math.max(BOUNDS.north, z)),
  };
}

/** `random` lies in [0, 1). Always a place where one can stand. */
export function spawnSpot(random: () => number): Spot {
  const angle = random() * Math.PI * 2;
  const distance = Math.sqrt(random()) * SPAWN_RADIUS;
  const spot = { x: Math.cos(angle) * distance, z: Math.sin(angle) * distance };
  return canStand(spot) ? spot : { x: 0, z: 0 };
}

/** Cells per tile of the grid on which ways are searched. */
const CELLS = 2;

/**
 * Corners of a short way, without the start; the last is where one can stand nearest to the goal. Empty when there is
 * nowhere to go. A breadth-first search: the map has some 3500 cells, and it runs once per click.
 */
export function wayTo(from: Spot, goal: Spot): readonly Spot[] {
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
      if (cameFrom.has(next) || !passable(here, there)) continue;
      cameFrom.set(next, cell);
      queue.push(next);
    }
  }
  const cells: Spot[] = [];
  for (let cell = nearest; cell !== start; cell = cameFrom.get(cell) ?? start) cells.push(spotOf(cell));
  const reachesGoal = canStand(goal) && nearestDistance < 1 / CELLS;
  const corners = [...cells.reverse(), ...(reachesGoal ? [goal] : [])];
  return straighten(from, corners);
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
function passable(from: Spot, to: Spot): boolean {
  const steps = Math.ceil(distance(from, to) / 0.12);
  let height = tileUnder(from.x, from.z).height;
  for (let i = 1; i <= steps; i++) {
    const spot = { x: from.x + ((to.x - from.x) * i) / steps, z: from.z + ((to.z - from.z) * i) / steps };
    const tile = tileAt(Math.round(spot.x), Math.round(spot.z));
    if (Math.abs(tile.height - height) > STEP_HEIGHT || !canStand(spot)) return false;
    height = tile.height;
  }
  return true;
}

/** Leaves out every corner that can be cut. */
function straighten(from: Spot, corners: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  let at = from;
  for (let i = 0; i < corners.length; i++) {
    const next = corners[i + 1];
    const corner = corners[i];
    if (corner && !(next && passable(at, next))) {
      kept.push(corner);
      at = corner;
    }
  }
  return kept;
}
