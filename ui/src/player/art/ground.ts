/**
 * Paints a window of the ground: sea, shallows, tiles with their fronts and shadows, and the compass rose.
 *
 * The caller has set a transform in which one unit is one art pixel and 0/0 is the middle of the tile 0/0; it is given the
 * map and knows no canvas of its own. People and what stands on the ground are drawn elsewhere.
 */
import type { Ground, Thing, Tile } from "@comutiny/client/contract";
import type { Terrain } from "../map/terrain";
import { type Canvas2d, chance, dot, RISE, shape, TILE_DEPTH, TILE_WIDTH } from "./brush";
import { mix, type Palette } from "./palette";

/** Tiles to paint, inclusive. */
export interface TileWindow {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

const CORNER = 15;
const EARTH: ReadonlySet<Ground> = new Set(["grass", "sand", "stone"]);

/** Puts heights on whole device pixels, so that neighbouring tiles never show a seam. */
export type Snap = (artPixels: number) => number;

/** What is painted with: one map, one time of day, one size. */
export interface GroundSite {
  readonly terrain: Terrain;
  readonly palette: Palette;
  readonly snap: Snap;
}

export function paintGround(c: Canvas2d, tiles: TileWindow, site: GroundSite): void {
  const { terrain, palette } = site;
  c.fillStyle = palette.water;
  c.fillRect(
    (tiles.west - 1) * TILE_WIDTH,
    (tiles.north - 3) * TILE_DEPTH,
    (tiles.east - tiles.west + 3) * TILE_WIDTH,
    (tiles.south - tiles.north + 6) * TILE_DEPTH,
  );
  paintShallows(c, tiles, site);
  for (let row = tiles.north; row <= tiles.south; row++) {
    for (let column = tiles.west; column <= tiles.east; column++) {
      const tile = terrain.tileAt(column, row);
      if (tile.ground !== "water") paintTile(c, column, row, tile, site);
    }
  }
  for (const thing of terrain.laid) paintRose(c, thing, site);
}

/** Rings of lighter water: discs around every tile of earth, run together. */
function paintShallows(c: Canvas2d, tiles: TileWindow, { terrain, palette }: GroundSite): void {
  const rings = [
    [2.05, palette.shallow],
    [1.3, palette.shore],
  ] as const;
  for (const [radius, colour] of rings) {
    shape(c, colour, () => {
      for (let row = tiles.north - 3; row <= tiles.south + 3; row++) {
        for (let column = tiles.west - 3; column <= tiles.east + 3; column++) {
          if (!EARTH.has(terrain.tileAt(column, row).ground)) continue;
          const x = column * TILE_WIDTH;
          const y = row * TILE_DEPTH + 0.75 * RISE;
          c.moveTo(x + radius * TILE_WIDTH, y);
          c.ellipse(x, y, radius * TILE_WIDTH, radius * TILE_DEPTH, 0, 0, Math.PI * 2);
        }
      }
    });
  }
}

function paintTile(c: Canvas2d, column: number, row: number, tile: Tile, site: GroundSite): void {
  const { palette, snap } = site;
  if (tile.ground === "water") return;
  const lift = snap(tile.height * RISE);
  const x = (column - 0.5) * TILE_WIDTH;
  const y = (row - 0.5) * TILE_DEPTH - lift;
  const placed: PlacedTile = { column, row, tile, ground: tile.ground, x, y };
  paintTop(c, placed, site);
  if (tile.ground === "deck") paintPlanks(c, x, y, palette);
  if (tile.ground === "grass") paintMeadow(c, column, row, x, y, palette);
  paintFront(c, placed, site);
  paintCastShadow(c, placed, site);
}

/** A tile of earth or planks, with its upper left corner in art pixels. */
interface PlacedTile {
  readonly column: number;
  readonly row: number;
  readonly tile: Tile;
  readonly ground: Exclude<Ground, "water">;
  readonly x: number;
  readonly y: number;
}

function paintTop(c: Canvas2d, placed: PlacedTile, { terrain, palette }: GroundSite): void {
  const { column, row, ground, x, y } = placed;
  const odd = ground === "grass" ? (column >> 1) + (row >> 1) : column + row;
  const colour = palette[ground][odd & 1 ? 1 : 0];
  const corners = ground === "grass" ? null : roundedCorners(terrain, placed);
  if (!corners) {
    c.fillStyle = colour;
    c.fillRect(x, y, TILE_WIDTH, TILE_DEPTH);
    return;
  }
  if (touchesGrass(terrain, column, row)) {
    c.fillStyle = palette.grass[0];
    c.fillRect(x, y, TILE_WIDTH, TILE_DEPTH);
  }
  shape(c, colour, () => c.roundRect(x, y, TILE_WIDTH, TILE_DEPTH, corners));
}

/** Paved tiles round their free corners; what is raised or built of planks keeps its edges. */
function roundedCorners(
  terrain: Terrain,
  { column, row, tile }: PlacedTile,
): [number, number, number, number] | null {
  if (tile.ground === "deck" || tile.height > 0.3) return null;
  const free = (dx: number, dz: number) => {
    const { ground } = terrain.tileAt(column + dx, row + dz);
    return ground !== tile.ground && (ground === "grass" || ground === "water");
  };
  const south = free(0, 1) && Math.abs(terrain.tileAt(column, row + 1).height - tile.height) < 0.1;
  const corner = (vertical: boolean, horizontal: boolean) => (vertical && horizontal ? CORNER : 0);
  const corners: [number, number, number, number] = [
    corner(free(0, -1), free(-1, 0)),
    corner(free(0, -1), free(1, 0)),
    corner(south, free(1, 0)),
    corner(south, free(-1, 0)),
  ];
  return corners.some(Boolean) ? corners : null;
}

function touchesGrass(terrain: Terrain, column: number, row: number): boolean {
  return [
    terrain.tileAt(column, row - 1),
    terrain.tileAt(column - 1, row),
    terrain.tileAt(column + 1, row),
    terrain.tileAt(column, row + 1),
  ].some((neighbour) => neighbour.ground === "grass");
}

function paintPlanks(c: Canvas2d, x: number, y: number, palette: Palette): void {
  c.fillStyle = palette.fronts.deck;
  c.globalAlpha = 0.35;
  for (const gap of [11, 23, 34.5]) c.fillRect(x, y + gap, TILE_WIDTH, 1.5);
  c.globalAlpha = 1;
}

function paintMeadow(c: Canvas2d, column: number, row: number, x: number, y: number, palette: Palette): void {
  const luck = chance(column * 3 + 1, row * 7);
  const at = { x: x + 10 + chance(column, row * 2) * 26, y: y + 10 + chance(column * 2, row) * 17 };
  if (luck < 0.28) {
    c.strokeStyle = mix(palette.grass[0], palette.tints.leaf, 0.55);
    c.lineWidth = 2;
    c.lineCap = "round";
    c.beginPath();
    for (const lean of [-4, 0, 4]) {
      c.moveTo(at.x + lean * 0.6, at.y);
      c.lineTo(at.x + lean, at.y - 5 + Math.abs(lean) * 0.4);
    }
    c.stroke();
  } else if (luck > 0.93) {
    const colours = [palette.white, palette.tints.blossom, palette.glass];
    const colour = colours[Math.floor(chance(column, row * 4) * 3)] ?? palette.white;
    for (const [dx, dy] of [
      [0, 0],
      [7, 4],
      [-3, 6],
    ] as const)
      dot(c, colour, at.x + dx, at.y + dy, 2.3);
  }
}

/** The face of a step towards the viewer, its light lip, and the waterline at its foot. */
function paintFront(c: Canvas2d, placed: PlacedTile, { terrain, palette, snap }: GroundSite): void {
  const { column, row, tile, ground, x, y } = placed;
  const south = terrain.tileAt(column, row + 1);
  const drop = snap(tile.height * RISE) - snap(south.height * RISE);
  if (drop <= 0) return;
  const top = y + TILE_DEPTH;
  c.fillStyle = palette.fronts[ground];
  c.fillRect(x, top, TILE_WIDTH, drop);
  c.fillStyle = mix(palette[ground][0], palette.white, 0.45);
  c.fillRect(x, top - 2, TILE_WIDTH, 2);
  if (ground === "grass") {
    c.fillStyle = mix(palette.grass[1], palette.shade, 0.22);
    c.fillRect(x, top, TILE_WIDTH, Math.min(7, drop));
  }
  if (drop > 20 && ground !== "deck") {
    c.fillStyle = palette.shade;
    c.globalAlpha = 0.08;
    c.fillRect(x + 4 + (column & 1) * 22, top + drop * 0.45, 16, 5);
    c.globalAlpha = 1;
  }
  if (south.ground === "water") {
    c.fillStyle = palette.foam;
    c.globalAlpha = 0.9;
    c.fillRect(x, top + drop - 2, TILE_WIDTH, 3);
    c.globalAlpha = 0.35;
    c.fillRect(x, top + drop + 4, TILE_WIDTH, 2);
    c.globalAlpha = 1;
  }
}

/** Light comes from the upper left: what is higher in the west or north shades this tile. */
function paintCastShadow(c: Canvas2d, placed: PlacedTile, { terrain, palette }: GroundSite): void {
  const { column, row, tile, x, y } = placed;
  const west = terrain.tileAt(column - 1, row).height - tile.height;
  const northWest = terrain.tileAt(column - 1, row - 1).height - tile.height;
  const north = terrain.tileAt(column, row - 1).height - tile.height;
  c.globalAlpha = palette.shadowAlpha;
  if (west > 0.2) {
    const length = west * 0.38 * TILE_WIDTH;
    shape(c, palette.shade, () => {
      c.moveTo(x, y);
      c.lineTo(x + length, y + (northWest > 0.2 ? 0 : length * 0.75));
      c.lineTo(x + length, y + TILE_DEPTH);
      c.lineTo(x, y + TILE_DEPTH);
    });
  }
  if (north > 0.2) {
    c.fillStyle = palette.shade;
    c.fillRect(x, y, TILE_WIDTH, north * 0.3 * TILE_DEPTH);
  }
  c.globalAlpha = 1;
}

/** A compass rose laid into the ground. */
function paintRose(c: Canvas2d, { x, z, size }: Thing, { terrain, palette, snap }: GroundSite): void {
  c.save();
  c.translate(x * TILE_WIDTH, z * TILE_DEPTH - snap(terrain.heightAt(x, z) * RISE));
  c.scale(TILE_WIDTH * size, TILE_DEPTH * size);
  c.strokeStyle = palette.inlay[0];
  for (const [radius, width] of [
    [3.95, 0.09],
    [3.7, 0.04],
  ] as const) {
    c.lineWidth = width;
    c.beginPath();
    c.arc(0, 0, radius, 0, Math.PI * 2);
    c.stroke();
  }
  for (let i = 0; i < 4; i++) paintRay(c, Math.PI / 4 + (i * Math.PI) / 2, 2.1, palette);
  for (let i = 0; i < 4; i++) paintRay(c, (i * Math.PI) / 2, 3.35, palette);
  dot(c, palette.stone[0], 0, 0, 0.3);
  c.restore();
}

function paintRay(c: Canvas2d, angle: number, length: number, palette: Palette): void {
  const at = (radius: number, turn: number) => [Math.sin(turn) * radius, -Math.cos(turn) * radius] as const;
  const tip = at(length, angle);
  const half = (colour: string, side: readonly [number, number]) =>
    shape(c, colour, () => {
      c.moveTo(0, 0);
      c.lineTo(...side);
      c.lineTo(...tip);
    });
  half(palette.inlay[0], at(0.62, angle - Math.PI / 4));
  half(palette.inlay[1], at(0.62, angle + Math.PI / 4));
}
