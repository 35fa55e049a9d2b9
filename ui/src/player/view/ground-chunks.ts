/**
 * The ground as a mosaic of chunks, painted when first seen. Drawing a frame fills it with water and copies a handful of
 * pictures.
 */
import { type Canvas2d, TILE_DEPTH, TILE_WIDTH } from "../art/brush";
import { paintGround } from "../art/ground";
import type { Palette } from "../art/palette";
import { tileAt } from "../map/harbour";
import type { Camera } from "./camera";
import { type Picture, PictureStore, paintPicture } from "./picture";

/** Tiles per side. */
const CHUNK = 8;
/** Chunks kept: all of the map that is not open sea. */
const KEPT = 72;
/** Shallows, fronts and shadows reach no farther than this many tiles beyond the land. */
const SHALLOWS = 4;
/** Tiles beyond a chunk whose raised tops or fronts reach into it. */
const REACH = { north: 2, south: 3 };

/** More than any world is wide, so that a chunk's number is its own. */
const CHUNKS_ACROSS = 1024;

const openSea = new Map<number, boolean>();

/** No land in the chunk or so near that it shows in it. */
function isOpenSea(column: number, row: number): boolean {
  const key = row * CHUNKS_ACROSS + column;
  const known = openSea.get(key);
  if (known !== undefined) return known;
  const open = !landBetween(
    column * CHUNK - SHALLOWS,
    (column + 1) * CHUNK + SHALLOWS,
    row * CHUNK - SHALLOWS,
    (row + 1) * CHUNK + SHALLOWS,
  );
  openSea.set(key, open);
  return open;
}

function landBetween(west: number, east: number, north: number, south: number): boolean {
  for (let row = north; row < south; row++) {
    for (let column = west; column < east; column++) {
      if (tileAt(column, row).ground !== "water") return true;
    }
  }
  return false;
}

export class GroundChunks {
  private readonly chunks = new PictureStore<number, Picture>(KEPT * 2);

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {}

  /** The first thing drawn in a frame: it covers the whole canvas. */
  draw(c: Canvas2d, camera: Camera): void {
    c.fillStyle = this.palette.water;
    c.fillRect(0, 0, c.canvas.width, c.canvas.height);
    const width = CHUNK * TILE_WIDTH * this.scale;
    const height = CHUNK * TILE_DEPTH * this.scale;
    // Chunk 0 begins half a tile before 0/0, where its first tile begins.
    const left = camera.originX - (TILE_WIDTH * this.scale) / 2;
    const top = camera.originY - (TILE_DEPTH * this.scale) / 2;
    for (let row = Math.floor(-top / height); top + row * height < c.canvas.height; row++) {
      for (let column = Math.floor(-left / width); left + column * width < c.canvas.width; column++) {
        if (isOpenSea(column, row)) continue;
        const key = row * CHUNKS_ACROSS + column;
        const { image } = this.chunks.get(key, () => this.paint(column, row, width, height));
        c.drawImage(image, left + column * width, top + row * height);
      }
    }
  }

  private paint(column: number, row: number, width: number, height: number): Picture {
    const { scale } = this;
    return paintPicture(width, height, (c) => {
      const x = (column * CHUNK - 0.5) * TILE_WIDTH * scale;
      const y = (row * CHUNK - 0.5) * TILE_DEPTH * scale;
      c.setTransform(scale, 0, 0, scale, -x, -y);
      const tiles = {
        west: column * CHUNK - 1,
        east: column * CHUNK + CHUNK,
        north: row * CHUNK - REACH.north,
        south: row * CHUNK + CHUNK + REACH.south,
      };
      paintGround(c, tiles, this.palette, (artPixels) => Math.round(artPixels * scale) / scale);
    });
  }
}
