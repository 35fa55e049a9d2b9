/**
 * The ground as a mosaic of chunks, painted when first seen. Drawing a frame copies a handful of pictures.
 */
import { type Canvas2d, TILE_DEPTH, TILE_WIDTH } from "../art/brush";
import { paintGround } from "../art/ground";
import type { Palette } from "../art/palette";
import type { Camera } from "./camera";
import { type Picture, PictureStore, paintPicture } from "./picture";

/** Tiles per side. */
const CHUNK = 8;
/** Chunks kept: three phone or desktop screens. */
const KEPT = 72;
/** Tiles beyond a chunk whose raised tops or fronts reach into it. */
const REACH = { north: 2, south: 3 };

export class GroundChunks {
  private readonly chunks = new PictureStore<Picture>(KEPT);

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {}

  draw(c: Canvas2d, camera: Camera): void {
    const width = CHUNK * TILE_WIDTH * this.scale;
    const height = CHUNK * TILE_DEPTH * this.scale;
    // Chunk 0 begins half a tile before 0/0, where its first tile begins.
    const left = camera.originX - (TILE_WIDTH * this.scale) / 2;
    const top = camera.originY - (TILE_DEPTH * this.scale) / 2;
    for (let row = Math.floor(-top / height); top + row * height < c.canvas.height; row++) {
      for (let column = Math.floor(-left / width); left + column * width < c.canvas.width; column++) {
        const { canvas } = this.chunks.get(`${column} ${row}`, () => this.paint(column, row, width, height));
        c.drawImage(canvas, left + column * width, top + row * height);
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
