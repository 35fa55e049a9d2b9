/**
 * The warm light of the evening harbour: lamps, windows, the lighthouse, and a little one for every person, laid over the
 * finished picture.
 */
import { type Canvas2d, RISE } from "../art/brush";
import type { StandingKind, Terrain } from "../map/terrain";
import { type Camera, toScreen } from "./camera";
import type { Seen } from "./overhead";
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

/** Around people, at the chest. The own light shows where one is. */
const PERSON_LIGHT = { up: 30, radius: 78, strength: 0.2 } as const;
const OWN_LIGHT = { up: 30, radius: 120, strength: 0.42 } as const;
/** People who stand closer than this, in art pixels, share a light: a crowd is no fire. */
const SHARED = 56;
/** More of those places than any screen is wide. */
const PLACES_ACROSS = 4096;
/** Lights of people at the most. */
const MOST_PEOPLE = 80;

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

  /** `shine`: how much of all that, 0 by day to 1 by night. */
  draw(c: Canvas2d, camera: Camera, shine: number): void {
    if (shine <= 0) return;
    c.save();
    c.globalCompositeOperation = "screen";
    for (const { x, z, up, radius, strength } of this.lights) {
      const at = toScreen(camera, x, z, this.terrain.heightAt(x, z) + up);
      this.glowAt(c, at.x, at.y, radius * camera.scale, strength * shine);
    }
    c.restore();
  }

  /** What people carry, on the ground around them: to be drawn before they are, so that they keep their colours. */
  drawCarried(
    c: Canvas2d,
    { scale }: Camera,
    seen: readonly Seen[],
    selfId: string | null,
    shine: number,
  ): void {
    if (shine <= 0) return;
    const lit = new Set<number>();
    c.save();
    c.globalCompositeOperation = "screen";
    for (const { actor, x, y } of seen) {
      const own = actor.id === selfId;
      const { up, radius, strength } = own ? OWN_LIGHT : PERSON_LIGHT;
      const place = Math.floor(y / (SHARED * scale)) * PLACES_ACROSS + Math.floor(x / (SHARED * scale));
      if (!own && (lit.has(place) || lit.size >= MOST_PEOPLE)) continue;
      lit.add(place);
      this.glowAt(c, x, y - up * scale, radius * scale, strength * shine);
    }
    c.restore();
  }

  private glowAt(c: Canvas2d, x: number, y: number, size: number, strength: number): void {
    c.globalAlpha = strength;
    c.drawImage(this.glow.image, x - size, y - size, size * 2, size * 2);
  }
}
