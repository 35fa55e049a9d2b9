/**
 * What stands on the map: kinds, places and the room they take. Pure data; how a thing looks is `art/`.
 */

export type SceneryKind =
  | "house"
  | "dome"
  | "gate"
  | "cypress"
  | "stall"
  | "tree"
  | "lamp"
  | "bench"
  | "flowers"
  | "lighthouse"
  | "sailboat"
  | "rowboat"
  | "bollard";

export type Tint = "red" | "blue" | "leaf" | "mint" | "blossom";

export interface Thing {
  readonly kind: SceneryKind;
  readonly x: number;
  readonly z: number;
  readonly size: number;
  readonly tint: Tint;
}

/** Half of the ground a thing takes, in tiles; `null` for what lies in the water or can be walked through. */
interface Footprint {
  readonly halfWidth: number;
  /** Depth towards the back; people may stand close in front. */
  readonly back: number;
  readonly front: number;
}

const FOOTPRINTS: Readonly<Record<SceneryKind, Footprint | null>> = {
  house: { halfWidth: 1.2, back: 0.9, front: 0.05 },
  dome: { halfWidth: 1.15, back: 0.9, front: 0.05 },
  gate: null,
  cypress: { halfWidth: 0.22, back: 0.2, front: 0.12 },
  stall: { halfWidth: 1, back: 0.45, front: 0.1 },
  tree: { halfWidth: 0.2, back: 0.18, front: 0.1 },
  lamp: { halfWidth: 0.12, back: 0.12, front: 0.08 },
  bench: { halfWidth: 0.5, back: 0.2, front: 0.05 },
  flowers: { halfWidth: 0.6, back: 0.22, front: 0.08 },
  lighthouse: { halfWidth: 0.75, back: 0.6, front: 0.15 },
  sailboat: null,
  rowboat: null,
  bollard: { halfWidth: 0.14, back: 0.12, front: 0.1 },
};

/** The gate's two pillars; one walks between them. */
const GATE_PILLARS = [
  { x: -1.2, halfWidth: 0.32 },
  { x: 1.2, halfWidth: 0.32 },
];

const thing = (kind: SceneryKind, x: number, z: number, tint: Tint = "leaf", size = 1): Thing => ({
  kind,
  x,
  z,
  tint,
  size,
});

const mirrored = (kind: SceneryKind, x: number, z: number): Thing[] => [
  thing(kind, -x, z),
  thing(kind, x, z),
];

/** Sorted from the back to the front: the order of drawing. */
export const SCENERY: readonly Thing[] = [
  thing("house", -4.3, -8.9, "red"),
  thing("dome", 4.3, -8.9, "blue"),
  thing("gate", 0, -10.1),
  thing("cypress", -6.6, -9, "leaf", 0.92),
  thing("cypress", 6.7, -9.1, "leaf", 0.92),
  ...mirrored("cypress", 2.2, -10.6),
  thing("stall", -8.5, -3.4, "red"),
  thing("stall", -5.8, -3.4, "blue"),
  thing("tree", -10, -4.3, "leaf", 0.9),
  thing("tree", -3.6, -4.9, "mint", 0.9),
  thing("tree", 5.1, -5.2),
  thing("tree", 6.9, -3.3, "blossom", 0.85),
  thing("tree", 9.1, -3.1, "mint", 0.85),
  thing("tree", 8.1, 2.6, "leaf", 1.05),
  thing("tree", 5.7, 5.1, "mint", 0.95),
  thing("tree", 9.1, 4.7, "leaf", 0.85),
  thing("tree", -7.3, 3.4, "blossom"),
  thing("tree", -9.3, 2.3, "leaf", 0.9),
  thing("tree", -4.9, 5.9),
  thing("tree", -8.5, 6.5, "mint", 0.8),
  thing("tree", 4.1, 6.7, "leaf", 0.85),
  thing("tree", 16.4, 1.1, "leaf", 0.7),
  ...mirrored("lamp", 4.2, -2.9),
  ...mirrored("lamp", 4.2, 2.9),
  ...mirrored("lamp", 1.9, 6.6),
  ...mirrored("lamp", 1.85, -5.1),
  ...mirrored("bench", 6.1, 2),
  ...mirrored("flowers", 3.3, 5),
  thing("lighthouse", 14.9, -0.3),
  thing("sailboat", -3.4, 10.4, "red"),
  thing("rowboat", 4.1, 10, "blue"),
  thing("sailboat", 9.9, 9.7, "red"),
  thing("sailboat", -13.1, 8.9, "blue"),
  thing("rowboat", -5.6, 12.6, "red", 0.9),
  ...mirrored("bollard", 1.42, 8.7),
  ...mirrored("bollard", 1.42, 10.9),
].sort((a, b) => a.z - b.z);

export interface Block {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

export const BLOCKS: readonly Block[] = SCENERY.flatMap(({ kind, x, z, size }) => {
  if (kind === "gate")
    return GATE_PILLARS.map((pillar) => block(x + pillar.x, z, pillar.halfWidth, 0.4, 0.1));
  const foot = FOOTPRINTS[kind];
  return foot ? [block(x, z, foot.halfWidth * size, foot.back * size, foot.front)] : [];
});

function block(x: number, z: number, halfWidth: number, back: number, front: number): Block {
  return { west: x - halfWidth, east: x + halfWidth, north: z - back, south: z + front };
}
