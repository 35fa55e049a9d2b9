/**
 * The own player's feet: keys, stick or a clicked way become positions on the map.
 *
 * Pure movement over time; it knows no events and no socket.
 */
import type { Position, Spot } from "@comutiny/client/contract";
import type { Heading } from "./art/person";
import type { Terrain } from "./map/terrain";
import { step, wayTo } from "./map/walk";
import { headingAlong } from "./view/actors";

/** Tiles per second. */
export const WALKING_PACE = 4;
/** Longest time one frame may stand for, s: a tab that slept does not leap. */
const LONGEST_FRAME = 0.1;
/** Longest single step, in tiles: shorter than anything one could step over. */
const STRIDE = 0.1;

/** Where the visitor wants to go: a direction at most 1 long, or none. */
export interface Wish {
  readonly x: number;
  readonly z: number;
}

export class Walker {
  private way: readonly Spot[] = [];
  private spot: Spot = { x: 0, z: 0 };
  heading: Heading = "down";
  /** Tiles per second in the last frame. */
  speed = 0;

  constructor(private readonly terrain: Terrain) {}

  get position(): Position {
    const { x, z } = this.spot;
    // A hundredth of a tile is half a pixel: finer would only be longer on the wire.
    return { x: hundredths(x), y: hundredths(this.terrain.heightAt(x, z)), z: hundredths(z) };
  }

  get target(): Spot | undefined {
    return this.way.at(-1);
  }

  place({ x, z }: Spot): void {
    this.spot = { x, z };
    this.way = [];
  }

  walkTo(goal: Spot): void {
    this.way = wayTo(this.terrain, this.spot, goal);
  }

  advance(seconds: number, wish: Wish | null): void {
    const time = Math.min(seconds, LONGEST_FRAME);
    const before = this.spot;
    if (wish) this.way = [];
    if (wish) this.go(wish.x * WALKING_PACE * time, wish.z * WALKING_PACE * time);
    else this.followWay(WALKING_PACE * time);
    const dx = this.spot.x - before.x;
    const dz = this.spot.z - before.z;
    this.speed = time > 0 ? Math.hypot(dx, dz) / time : 0;
    // Somebody who pushes against a wall looks at it.
    this.heading = (wish ? headingAlong(wish.x, wish.z) : headingAlong(dx, dz)) ?? this.heading;
  }

  private followWay(distance: number): void {
    let left = distance;
    while (left > 1e-6) {
      const corner = this.way[0];
      if (!corner) return;
      const dx = corner.x - this.spot.x;
      const dz = corner.z - this.spot.z;
      const away = Math.hypot(dx, dz);
      const stride = Math.min(left, away);
      const before = this.spot;
      if (away > 1e-6) this.go((dx / away) * stride, (dz / away) * stride);
      if (stride === away) this.way = this.way.slice(1);
      else if (this.spot === before) this.way = [];
      left -= stride;
    }
  }

  private go(dx: number, dz: number): void {
    const strides = Math.max(1, Math.ceil(Math.hypot(dx, dz) / STRIDE));
    for (let i = 0; i < strides; i++) this.spot = step(this.terrain, this.spot, dx / strides, dz / strides);
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
