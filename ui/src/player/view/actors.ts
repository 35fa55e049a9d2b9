/**
 * Everybody who is drawn: where each one is at this moment, which way he looks, which foot is forward.
 *
 * Fed by world events and a clock; it owns no canvas. Remote players follow their interpolated track, the own player is
 * moved by the walker. Players of another map are none of them.
 */

import {
  extendTrack,
  own,
  sampleTrack,
  type Track,
  type WorldEvent,
  type WorldMirror,
} from "@comutiny/client";
import type { Player, StaffRole } from "@comutiny/client/contract";
import type { Heading, Pose } from "../art/person";
import { type Look, lookKey, lookOf } from "../look/look";
import { sheetIn } from "../look/worn";
import type { Terrain } from "../map/terrain";

/** Walking frames per tile: 8 a second at 4 tiles a second. */
const FRAMES_PER_TILE = 2;
/** Below this speed, tiles per second, nobody walks. */
const STANDING = 0.25;
/** Highest jump above the ground that is drawn, in tiles: another client may send any height. */
const HIGHEST_JUMP = 3;

export interface DrawnActor {
  readonly id: string;
  name: string;
  /** As what they look after the world. */
  role: StaffRole | null;
  look: Look;
  lookKey: number;
  /** An asset of the atlas to draw instead of a peg person. */
  sheetId: string | null;
  x: number;
  z: number;
  height: number;
  heading: Heading;
  pose: Pose;
}

interface MovedActor extends DrawnActor {
  player: Player;
  track: Track;
  /** Tiles walked, for the feet. */
  walked: number;
}

export class Actors {
  private readonly byId = new Map<string, MovedActor>();
  private staff: WorldMirror["staff"] = new Map();
  selfId: string | null = null;

  constructor(private readonly terrain: Terrain) {}

  get all(): Iterable<DrawnActor> {
    return this.byId.values();
  }

  get(id: string): DrawnActor | undefined {
    return this.byId.get(id);
  }

  follow(mirror: WorldMirror, event: WorldEvent, now: number): void {
    this.staff = mirror.staff;
    switch (event.type) {
      case "staff":
        for (const actor of this.byId.values()) actor.role = this.roleOf(actor.id);
        return;
      case "snapshot":
        for (const id of [...this.byId.keys()]) if (!mirror.players.has(id)) this.byId.delete(id);
        for (const player of mirror.players.values()) this.put(player, now);
        return;
      case "entered":
      case "joined":
        this.byId.delete(event.player.id);
        this.put(event.player, now);
        return;
      case "updated":
        for (const { id } of event.patches) {
          const player = mirror.players.get(id);
          if (player) this.put(player, now);
        }
        return;
      case "left":
        this.byId.delete(event.id);
        return;
      default:
    }
  }

  /** Moves everyone to `now`. */
  advance(now: number): void {
    for (const actor of this.byId.values()) {
      if (actor.id === this.selfId) continue;
      const sampled = sampleTrack(actor.track, now);
      if (sampled) this.place(actor, sampled.position, sampled.speed);
    }
  }

  /** The own player, moved by the walker; `speed` in tiles per second. */
  moveSelf(position: Player["position"], heading: Heading, speed: number): void {
    const actor = this.selfId === null ? undefined : this.byId.get(this.selfId);
    if (!actor) return;
    actor.heading = heading;
    this.place(actor, position, speed);
  }

  private put(player: Player, now: number): void {
    if (isElsewhere(player, this.terrain.id)) {
      this.byId.delete(player.id);
      return;
    }
    const known = this.byId.get(player.id);
    if (!known) {
      this.byId.set(player.id, newActor(player, now, this.terrain, this.roleOf(player.id)));
      return;
    }
    if (known.player.metadata !== player.metadata) changeClothes(known, player);
    if (known.player.position !== player.position || known.player.animation !== player.animation) {
      const arrival = { at: now, position: player.position, moving: player.animation === "walk" };
      known.track = extendTrack(known.track, arrival);
    }
    known.name = player.name;
    known.role = this.roleOf(player.id);
    known.player = player;
  }

  private roleOf(id: string): StaffRole | null {
    return this.staff.get(id) ?? null;
  }

  private place(actor: MovedActor, { x, y, z }: Player["position"], speed: number): void {
    const dx = x - actor.x;
    const dz = z - actor.z;
    actor.x = x;
    actor.z = z;
    const ground = this.terrain.heightAt(x, z);
    actor.height = Math.min(ground + HIGHEST_JUMP, Math.max(ground, y));
    if (speed < STANDING) {
      actor.walked = 0;
      actor.pose = "idle";
      return;
    }
    actor.walked += Math.min(1, Math.hypot(dx, dz));
    actor.pose = POSES[Math.floor(actor.walked * FRAMES_PER_TILE) % POSES.length] ?? "pass";
    if (actor.id !== this.selfId && !headingIn(actor.player))
      actor.heading = headingAlong(dx, dz) ?? actor.heading;
  }
}

const POSES: readonly Pose[] = ["step-left", "pass", "step-right", "pass"];
const HEADINGS: readonly Heading[] = ["up", "down", "left", "right"];

function newActor(player: Player, now: number, terrain: Terrain, role: StaffRole | null): MovedActor {
  const { x, y, z } = player.position;
  const actor: MovedActor = {
    id: player.id,
    name: player.name,
    role,
    look: lookOf(player.id, player.metadata),
    lookKey: 0,
    sheetId: null,
    x,
    z,
    height: Math.max(y, terrain.heightAt(x, z)),
    heading: "down",
    pose: "idle",
    player,
    track: extendTrack([], { at: now, position: player.position, moving: false }),
    walked: 0,
  };
  dress(actor, player);
  return actor;
}

/** Most changes of metadata are a turn of the head; reading a look anew costs far more than noticing that. */
function changeClothes(actor: MovedActor, player: Player): void {
  const before = actor.player.metadata;
  const { metadata } = player;
  if (before.appearance === metadata.appearance && before.spriteAssetId === metadata.spriteAssetId)
    actor.heading = headingIn(player) ?? actor.heading;
  else dress(actor, player);
}

function dress(actor: MovedActor, player: Player): void {
  const look = lookOf(player.id, player.metadata);
  actor.look = look;
  actor.lookKey = lookKey(look);
  actor.sheetId = sheetIn(player.metadata);
  actor.heading = headingIn(player) ?? actor.heading;
}

function headingIn(player: Player): Heading | undefined {
  const word = own(player.metadata, "heading");
  return HEADINGS.find((heading) => heading === word);
}

/** The stronger axis wins; on a diagonal, sideways. */
export function headingAlong(dx: number, dz: number): Heading | undefined {
  if (Math.abs(dx) < 1e-6 && Math.abs(dz) < 1e-6) return undefined;
  if (Math.abs(dx) >= Math.abs(dz) * 0.9) return dx < 0 ? "left" : "right";
  return dz < 0 ? "up" : "down";
}

/** Listed, but not drawn: he walks on another map than the one that is shown. */
export function isElsewhere(player: Player, shown: string): boolean {
  const mapId = own(player.metadata, "mapId");
  return typeof mapId === "string" && mapId !== "" && mapId !== shown;
}
