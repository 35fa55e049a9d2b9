/**
 * The small waves on the open sea: one picture, many places, a slow sway.
 */
import { type Canvas2d, chance, TILE_DEPTH, TILE_WIDTH } from "../art/brush";
import type { Palette } from "../art/palette";
import type { Terrain } from "../map/terrain";
import type { Camera } from "./camera";
import { type Picture, paintPicture } from "./picture";

/** Share of sea tiles that carry a wave. */
const DENSITY = 0.16;
const WAVE = { width: 24, height: 10 } as const;

export class Waves {
  private readonly picture: Picture;

  constructor(
    private readonly terrain: Terrain,
    readonly scale: number,
    palette: Palette,
  ) {
    this.picture = paintPicture(WAVE.width * scale, WAVE.height * scale, (c) => {
      c.setTransform(scale, 0, 0, scale, (WAVE.width / 2) * scale, 7 * scale);
      c.strokeStyle = palette.foam;
      c.globalAlpha = 0.42;
      c.lineWidth = 2;
      c.lineCap = "round";
      c.beginPath();
      c.moveTo(-9, 0);
      c.quadraticCurveTo(-4, -5, 0, 0);
      c.quadraticCurveTo(4, -5, 9, 0);
      c.stroke();
    });
  }

  draw(c: Canvas2d, camera: Camera, sway: number): void {
    const tileWidth = TILE_WIDTH * camera.scale;
    const tileDepth = TILE_DEPTH * camera.scale;
    const west = Math.floor(-camera.originX / tileWidth) - 1;
    const east = Math.ceil((c.canvas.width - camera.originX) / tileWidth) + 1;
    const north = Math.floor(-camera.originY / tileDepth) - 1;
    const south = Math.ceil((c.canvas.height - camera.originY) / tileDepth) + 1;
    for (let row = north; row <= south; row++) {
      for (let column = west; column <= east; column++) {
        if (chance(column * 7 + 3, row * 5 + 1) >= DENSITY || !isOpenSea(this.terrain, column, row)) continue;
        const drift = Math.sin(sway * 0.7 + column * 1.7 + row) * 3 * camera.scale;
        const x = camera.originX + (column - 0.5 + chance(column, row + 9) * 0.8) * tileWidth + drift;
        const y = camera.originY + (row + 0.2 + chance(column + 4, row)) * tileDepth;
        c.drawImage(this.picture.image, Math.round(x), Math.round(y));
      }
    }
  }
}

/** Fronts hang a tile down over the water south of them; no wave there. */
function isOpenSea(terrain: Terrain, column: number, row: number): boolean {
  for (let dz = -1; dz <= 1; dz++) {
    for (let dx = -1; dx <= 1; dx++)
      if (terrain.tileAt(column + dx, row + dz).ground !== "water") return false;
  }
  return true;
}
