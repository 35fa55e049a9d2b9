/**
 * The ground as a mosaic of chunks, painted once, those around the view ahead of time. Drawing a frame fills it with
 * water and copies a handful of pictures. The map has some twenty chunks that are not open sea; all of them are kept.
 */
import { type Canvas2d, TILE_DEPTH, TILE_WIDTH } from "../art/brush";
import { paintGround } from "../art/ground";
import type { Palette } from "../art/palette";
import type { Terrain } from "../map/terrain";
import type { Camera } from "./camera";
import { type Picture, paintPicture } from "./picture";

/** Tiles per side. */
const CHUNK = 8;
/** Shallows, fronts and shadows reach no farther than this many tiles beyond the land. */
const SHALLOWS = 4;
/** Tiles beyond a chunk whose raised tops or fronts reach into it. */
const REACH = { north: 2, south: 3 };

/** More than any world is wide, so that a chunk's number is its own. */
const CHUNKS_ACROSS = 1024;

/** Columns and rows, inclusive. */
interface ChunkRange {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

type Chunk = readonly [column: number, row: number, key: number];

export class GroundChunks {
  private readonly chunks = new Map<number, Picture>();
  private readonly openSea = new Map<number, boolean>();
  private readonly width: number;
  private readonly height: number;
  /** Half a tile, in whole device pixels: chunks that lay between two of them would show hairlines where they meet. */
  private readonly half: { readonly width: number; readonly height: number };

  /** `patient`: until all of the view is painted once, one chunk is painted in a frame and the others wait. */
  constructor(
    private readonly terrain: Terrain,
    private readonly scale: number,
    private readonly palette: Palette,
    private patient: boolean,
  ) {
    this.width = CHUNK * TILE_WIDTH * scale;
    this.height = CHUNK * TILE_DEPTH * scale;
    this.half = { width: Math.round((TILE_WIDTH * scale) / 2), height: Math.round((TILE_DEPTH * scale) / 2) };
  }

  /** The first thing drawn in a frame: it covers the whole canvas. Answers whether nothing in view is missing. */
  draw(c: Canvas2d, camera: Camera): boolean {
    c.fillStyle = this.palette.water;
    c.fillRect(0, 0, c.canvas.width, c.canvas.height);
    const { width, height } = this;
    // Chunk 0 begins half a tile before 0/0, where its first tile begins.
    const left = camera.originX - this.half.width;
    const top = camera.originY - this.half.height;
    const range = {
      west: Math.floor(-left / width),
      east: Math.ceil((c.canvas.width - left) / width) - 1,
      north: Math.floor(-top / height),
      south: Math.ceil((c.canvas.height - top) / height) - 1,
    };
    let painted = 0;
    let missing = 0;
    for (const [column, row, key] of this.landIn(range)) {
      let picture = this.chunks.get(key);
      if (!picture && this.patient && painted > 0) {
        missing += 1;
        continue;
      }
      if (!picture) {
        picture = this.paint(column, row);
        this.chunks.set(key, picture);
        painted += 1;
      }
      c.drawImage(picture.image, left + column * width, top + row * height);
    }
    if (missing === 0) this.patient = false;
    if (painted === 0) this.paintAhead(range);
    return missing === 0;
  }

  private *landIn({ west, east, north, south }: ChunkRange): Generator<Chunk> {
    for (let row = north; row <= south; row++) {
      for (let column = west; column <= east; column++) {
        if (!this.isOpenSea(column, row)) yield [column, row, row * CHUNKS_ACROSS + column];
      }
    }
  }

  /** No land in the chunk or so near that it shows in it. */
  private isOpenSea(column: number, row: number): boolean {
    const key = row * CHUNKS_ACROSS + column;
    const known = this.openSea.get(key);
    if (known !== undefined) return known;
    const open = !hasLand(this.terrain, {
      west: column * CHUNK - SHALLOWS,
      east: (column + 1) * CHUNK + SHALLOWS,
      north: row * CHUNK - SHALLOWS,
      south: (row + 1) * CHUNK + SHALLOWS,
    });
    this.openSea.set(key, open);
    return open;
  }

  /** One chunk around the view that is not painted yet: who walks on finds it there. */
  private paintAhead({ west, east, north, south }: ChunkRange): void {
    const around = { west: west - 1, east: east + 1, north: north - 1, south: south + 1 };
    for (const [column, row, key] of this.landIn(around)) {
      if (this.chunks.has(key)) continue;
      this.chunks.set(key, this.paint(column, row));
      return;
    }
  }

  private paint(column: number, row: number): Picture {
    const { terrain, palette, scale } = this;
    return paintPicture(this.width, this.height, (c) => {
      const x = column * this.width - this.half.width;
      const y = row * this.height - this.half.height;
      c.setTransform(scale, 0, 0, scale, -x, -y);
      const tiles = {
        west: column * CHUNK - 1,
        east: column * CHUNK + CHUNK,
        north: row * CHUNK - REACH.north,
        south: row * CHUNK + CHUNK + REACH.south,
      };
      const snap = (artPixels: number) => Math.round(artPixels * scale) / scale;
      paintGround(c, tiles, { terrain, palette, snap });
    });
  }
}

/** In these tiles, the east and the south excluded. */
function hasLand(terrain: Terrain, { west, east, north, south }: ChunkRange): boolean {
  for (let row = north; row < south; row++) {
    for (let column = west; column < east; column++) {
      if (terrain.tileAt(column, row).ground !== "water") return true;
    }
  }
  return false;
}
