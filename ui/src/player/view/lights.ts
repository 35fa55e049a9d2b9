/**
 * The warm light of the night harbour: lamps, windows and the lighthouse, laid over the finished picture.
 */
import { type Canvas2d, RISE } from "../art/brush";
import type { StandingKind, Terrain } from "../map/terrain";
import { type Camera, toScreen } from "./camera";
import { type Picture, paintPicture } from "./picture";

interface Light {
  readonly x: number;
  readonly z: number;
  /** Above the ground, in world units. */
  readonly up: number;
  /** Art pixels. */
  readonly radius: number;
  readonly strength: number;
}

const LIT: Partial<Record<StandingKind, Pick<Light, "up" | "radius" | "strength">>> = {
  lamp: { up: 64 / RISE, radius: 120, strength: 0.5 },
  lighthouse: { up: 206 / RISE, radius: 190, strength: 0.6 },
  house: { up: 50 / RISE, radius: 105, strength: 0.3 },
  dome: { up: 50 / RISE, radius: 105, strength: 0.3 },
};

/** Size of the one glow all lights are drawn with, device pixels. */
const GLOW = 256;

export class Lights {
  private readonly lights: readonly Light[];
  private readonly glow: Picture = paintPicture(GLOW, GLOW, (c) => {
    const fade = c.createRadialGradient(GLOW / 2, GLOW / 2, 0, GLOW / 2, GLOW / 2, GLOW / 2);
    fade.addColorStop(0, "rgba(255, 196, 92, 1)");
    fade.addColorStop(0.4, "rgba(255, 180, 80, 0.3)");
    fade.addColorStop(1, "rgba(255, 170, 60, 0)");
    c.fillStyle = fade;
    c.fillRect(0, 0, GLOW, GLOW);
  });

  constructor(private readonly terrain: Terrain) {
    this.lights = terrain.standing.flatMap(({ kind, x, z }) => {
      const lit = LIT[kind];
      return lit ? [{ x, z, ...lit }] : [];
    });
  }

  draw(c: Canvas2d, camera: Camera): void {
    c.save();
    c.globalCompositeOperation = "screen";
    for (const { x, z, up, radius, strength } of this.lights) {
      const at = toScreen(camera, x, z, this.terrain.heightAt(x, z) + up);
      const size = radius * camera.scale;
      c.globalAlpha = strength;
      c.drawImage(this.glow.image, at.x - size, at.y - size, size * 2, size * 2);
    }
    c.restore();
  }
}
