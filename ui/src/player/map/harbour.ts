/**
 * The built-in map: an island harbour, drawn as text. One letter is one tile, the middle of the compass rose is 0/0.
 *
 * The origin is the spawn on purpose: a client that sends no position stands at 0/0/0, and that is the plaza. Pure
 * data and arithmetic: no canvas, no players.
 */

export type Ground = "water" | "grass" | "sand" | "stone" | "deck";

export interface Tile {
  readonly ground: Ground;
  /** Height of its top, in tiles above the plaza. */
  readonly height: number;
}

const WATER: Tile = { ground: "water", height: -0.75 };

const LEGEND: Readonly<Record<string, Tile>> = {
  ".": WATER,
  g: { ground: "grass", height: 0 },
  s: { ground: "sand", height: 0 },
  p: { ground: "stone", height: 0 },
  // The terrace and the two stairs that lead to it.
  G: { ground: "grass", height: 1.3 },
  P: { ground: "stone", height: 1.3 },
  "2": { ground: "stone", height: 0.85 },
  "1": { ground: "stone", height: 0.42 },
  // The lighthouse rock, the bridge to it, and the jetty.
  r: { ground: "stone", height: 0.35 },
  b: { ground: "deck", height: 0.15 },
  d: { ground: "deck", height: -0.12 },
};

const ROWS = [
  "................................",
  "......GGGGGPPPPPGGGGG...........",
  "......GGGGPPPPPPPGGGG...........",
  "......GGGGGPPPPPGGGGG...........",
  ".....gGGGGGGPPPGGGGGGg..........",
  "....gggggggg222gggggggg.........",
  "...ggggggggg111ggggggggg........",
  "...gggggggggsssggggggggg........",
  "...ggggggggpppppgggggggg........",
  "...gggggggpppppppggggggg........",
  "...ggggggpppppppppgggggg...rrr..",
  "...gssssspppppppppssssss..rrrrr.",
  "...gssssspppppppppssssssbbrrrrr.",
  "...gssssspppppppppssssss..rrrrr.",
  "...ggggggpppppppppgggggg...rrr..",
  "...sssggggpppppppggggggg........",
  "...ssssggggpppppgggggggg........",
  "...sssssggggsssggggggggg........",
  "....ssssggggsssgggggggg.........",
  ".....ssgggggsssggggggg..........",
  "........ssssdddssss.............",
  "............ddd.................",
  "............ddd.................",
  "............ddd.................",
  ".........ddddddddd..............",
  "............ddd.................",
  "............ddd.................",
  "................................",
] as const;

/** Column and row of the tile whose middle is 0/0. */
const ORIGIN = { column: 13, row: 12 };

/** Outermost tiles of the drawn map, inclusive; beyond it lies the open sea. */
export const BOUNDS = {
  west: -ORIGIN.column,
  east: ROWS[0].length - 1 - ORIGIN.column,
  north: -ORIGIN.row,
  south: ROWS.length - 1 - ORIGIN.row,
} as const;

export const MAP_ID = "harbour";

/** The tile in this column east and row south of the plaza's middle (whole numbers). */
export function tileAt(column: number, row: number): Tile {
  const letter = ROWS[row + ORIGIN.row]?.[column + ORIGIN.column];
  return (letter !== undefined ? LEGEND[letter] : undefined) ?? WATER;
}

/** The tile under a point in world units. */
export function tileUnder(x: number, z: number): Tile {
  return tileAt(Math.round(x), Math.round(z));
}

/** Highest difference between two tiles a person steps over. */
export const STEP_HEIGHT = 0.5;

/** Share of a tile over which a step is spread, on either side of the edge. */
const STEP_BLEND = 0.22;

/** Height of the ground under a point; steps are short ramps, so nobody jumps on the stairs. */
export function heightAt(x: number, z: number): number {
  const column = Math.round(x);
  const row = Math.round(z);
  const { height } = tileAt(column, row);
  return (
    height + rampTowards(height, column, row, x - column, 0) + rampTowards(height, column, row, 0, z - row)
  );
}

function rampTowards(height: number, column: number, row: number, dx: number, dz: number): number {
  const offset = dx + dz;
  const intoBlend = Math.abs(offset) - (0.5 - STEP_BLEND);
  if (intoBlend <= 0) return 0;
  const neighbour = tileAt(column + Math.sign(dx), row + Math.sign(dz));
  const rise = neighbour.height - height;
  if (neighbour.ground === "water" || Math.abs(rise) > STEP_HEIGHT) return 0;
  return (rise / 2) * (intoBlend / STEP_BLEND);
}
