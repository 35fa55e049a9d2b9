/**
 * Paints a window of the ground: sea, shallows, tiles with their fronts and shadows, and the compass rose.
 *
 * The caller has set a transform in which one unit is one art pixel and 0/0 is the middle of the rose; it knows the map
 * and no canvas of its own. People and things are drawn elsewhere.
 */
import { type Ground, type Tile, tileAt } from "../map/harbour";
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

export function paintGround(c: Canvas2d, tiles: TileWindow, palette: Palette, snap: Snap): void {
  c.fillStyle = palette.water;
  c.fillRect(
    (tiles.west - 1) * TILE_WIDTH,
    (tiles.north - 3) * TILE_DEPTH,
    (tiles.east - tiles.west + 3) * TILE_WIDTH,
    (tiles.south - tiles.north + 6) * TILE_DEPTH,
  );
  paintShallows(c, tiles, palette);
  for (let row = tiles.north; row <= tiles.south; row++) {
    for (let column = tiles.west; column <= tiles.east; column++) {
      const tile = tileAt(column, row);
      if (tile.ground !== "water") paintTile(c, column, row, tile, palette, snap);
    }
  }
  paintRose(c, palette);
}

/** Rings of lighter water: discs around every tile of earth, run together. */
function paintShallows(c: Canvas2d, tiles: TileWindow, palette: Palette): void {
  const rings = [
    [2.05, palette.shallow],
    [1.3, palette.shore],
  ] as const;
  for (const [radius, colour] of rings) {
    shape(c, colour, () => {
      for (let row = tiles.north - 3; row <= tiles.south + 3; row++) {
        for (let column = tiles.west - 3; column <= tiles.east + 3; column++) {
          if (!EARTH.has(tileAt(column, row).ground)) continue;
          const x = column * TILE_WIDTH;
          const y = row * TILE_DEPTH + 0.75 * RISE;
          c.moveTo(x + radius * TILE_WIDTH, y);
          c.ellipse(x, y, radius * TILE_WIDTH, radius * TILE_DEPTH, 0, 0, Math.PI * 2);
        }
      }
    });
  }
}

function paintTile(c: Canvas2d, column: number, row: number, tile: Tile, palette: Palette, snap: Snap): void {
  if (tile.ground === "water") return;
  const lift = snap(tile.height * RISE);
  const x = (column - 0.5) * TILE_WIDTH;
  const y = (row - 0.5) * TILE_DEPTH - lift;
  const placed: PlacedTile = { column, row, tile, ground: tile.ground, x, y };
  paintTop(c, placed, palette);
  if (tile.ground === "deck") paintPlanks(c, x, y, palette);
  if (tile.ground === "grass") paintMeadow(c, column, row, x, y, palette);
  paintFront(c, placed, palette, snap);
  paintCastShadow(c, placed, palette);
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

function paintTop(c: Canvas2d, { column, row, tile, ground, x, y }: PlacedTile, palette: Palette): void {
  const odd = ground === "grass" ? (column >> 1) + (row >> 1) : column + row;
  const colour = palette[ground][odd & 1 ? 1 : 0];
  const corners = ground === "grass" ? null : roundedCorners(column, row, tile);
  if (!corners) {
    c.fillStyle = colour;
    c.fillRect(x, y, TILE_WIDTH, TILE_DEPTH);
    return;
  }
  if (touchesGrass(column, row)) {
    c.fillStyle = palette.grass[0];
    c.fillRect(x, y, TILE_WIDTH, TILE_DEPTH);
  }
  shape(c, colour, () => c.roundRect(x, y, TILE_WIDTH, TILE_DEPTH, corners));
}

/** Paved tiles round their free corners; what is raised or built of planks keeps its edges. */
function roundedCorners(column: number, row: number, tile: Tile): [number, number, number, number] | null {
  if (tile.ground === "deck" || tile.height > 0.3) return null;
  const free = (dx: number, dz: number) => {
    const { ground } = tileAt(column + dx, row + dz);
    return ground !== tile.ground && (ground === "grass" || ground === "water");
  };
  const south = free(0, 1) && Math.abs(tileAt(column, row + 1).height - tile.height) < 0.1;
  const corner = (vertical: boolean, horizontal: boolean) => (vertical && horizontal ? CORNER : 0);
  const corners: [number, number, number, number] = [
    corner(free(0, -1), free(-1, 0)),
    corner(free(0, -1), free(1, 0)),
    corner(south, free(1, 0)),
    corner(south, free(-1, 0)),
  ];
  return corners.some(Boolean) ? corners : null;
}

function touchesGrass(column: number, row: number): boolean {
  return [
    tileAt(column, row - 1),
    tileAt(column - 1, row),
    tileAt(column + 1, row),
    tileAt(column, row + 1),
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
function paintFront(c: Canvas2d, placed: PlacedTile, palette: Palette, snap: Snap): void {
  const { column, row, tile, ground, x, y } = placed;
  const south = tileAt(column, row + 1);
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
function paintCastShadow(c: Canvas2d, { column, row, tile, x, y }: PlacedTile, palette: Palette): void {
  const west = tileAt(column - 1, row).height - tile.height;
  const northWest = tileAt(column - 1, row - 1).height - tile.height;
  const north = tileAt(column, row - 1).height - tile.height;
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

/** The compass rose laid into the plaza. */
function paintRose(c: Canvas2d, palette: Palette): void {
  c.save();
  c.scale(TILE_WIDTH, TILE_DEPTH);
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
