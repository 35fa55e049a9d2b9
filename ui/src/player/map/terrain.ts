/**
 * A map as it is seen and walked on: the tile under a spot, heights, what stands where and what is in the way.
 *
 * Made once from the contract's `WorldMap`, then passed to whoever draws or walks. Pure data and arithmetic: no canvas,
 * no players. Bots walk by the same rules (`server-core/crates/contract/src/world_map`).
 */
import type {
  MapArea,
  MapBounds,
  Spawn,
  Spot,
  Thing,
  ThingKind,
  Tile,
  WorldMap,
} from "@comutiny/client/contract";
import { FOOTPRINTS, STEP_BLEND, STEP_HEIGHT } from "@comutiny/client/maps";

const SEA: Tile = { ground: "water", height: -0.75 };

/** Laid into the ground and painted with it; everything else stands on it. */
const LAID = "rose";

export type StandingKind = Exclude<ThingKind, typeof LAID>;

export interface StandingThing extends Thing {
  readonly kind: StandingKind;
}

/** Ground that something takes, in world units. */
export interface Block {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

export class Terrain {
  readonly id: string;
  /** Outermost tiles, inclusive; beyond them lies the open sea. */
  readonly bounds: MapBounds;
  /** Where newcomers stand, around the middle of the map. */
  readonly spawn: Spawn;
  /** From the back to the front: the order of drawing. */
  readonly standing: readonly StandingThing[];
  readonly laid: readonly Thing[];
  readonly blocks: readonly Block[];
  readonly areas: readonly MapArea[];
  private readonly tiles: readonly (readonly Tile[])[];

  constructor({ id, bounds, spawns, ground, things, areas }: WorldMap) {
    const { rows, legend } = ground;
    this.id = id;
    this.bounds = bounds;
    this.spawn = spawns[0] ?? { x: 0, z: 0, radius: 0 };
    this.tiles = rows.map((row) => Array.from(row, (letter) => legend[letter] ?? SEA));
    this.standing = things.filter(stands).sort((a, b) => a.z - b.z);
    this.laid = things.filter((thing) => !stands(thing));
    this.blocks = this.standing.flatMap(blocksOf);
    this.areas = areas;
  }

  /** The tile in this column and row (whole numbers). */
  tileAt(column: number, row: number): Tile {
    return this.tiles[row - this.bounds.north]?.[column - this.bounds.west] ?? SEA;
  }

  /** The tile under a point in world units. */
  tileUnder(x: number, z: number): Tile {
    return this.tileAt(Math.round(x), Math.round(z));
  }

  /** Height of the ground under a point; steps are short ramps, so nobody jumps on the stairs. */
  heightAt(x: number, z: number): number {
    const column = Math.round(x);
    const row = Math.round(z);
    const { height } = this.tileAt(column, row);
    return (
      height +
      this.rampTowards(height, column, row, x - column, 0) +
      this.rampTowards(height, column, row, 0, z - row)
    );
  }

  /** The name of the corner this spot lies in, a word such as `plaza`; `null` in one without a name. */
  areaAt({ x, z }: Spot): string | null {
    return this.areas.find((area) => holds(area, x, z))?.name ?? null;
  }

  private rampTowards(height: number, column: number, row: number, dx: number, dz: number): number {
    const offset = dx + dz;
    const intoBlend = Math.abs(offset) - (0.5 - STEP_BLEND);
    if (intoBlend <= 0) return 0;
    const neighbour = this.tileAt(column + Math.sign(dx), row + Math.sign(dz));
    const rise = neighbour.height - height;
    if (neighbour.ground === "water" || Math.abs(rise) > STEP_HEIGHT) return 0;
    return (rise / 2) * (intoBlend / STEP_BLEND);
  }
}

function stands(thing: Thing): thing is StandingThing {
  return thing.kind !== LAID;
}

function blocksOf({ kind, x, z, size }: StandingThing): readonly Block[] {
  return FOOTPRINTS[kind].map((print) => {
    const middle = x + print.x * size;
    return {
      west: middle - print.halfWidth * size,
      east: middle + print.halfWidth * size,
      north: z - print.back * size,
      south: z + print.front,
    };
  });
}

function holds({ west, east, north, south, round }: MapArea, x: number, z: number): boolean {
  if (x < west || x > east || z < north || z > south) return false;
  if (!round) return true;
  const across = (2 * x - west - east) / (east - west);
  const down = (2 * z - north - south) / (south - north);
  return Math.hypot(across, down) <= 1;
}
