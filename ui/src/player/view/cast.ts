/**
 * Everybody who is drawn: where each one is at this moment, which way he looks, which foot is forward.
 *
 * Fed by world events and a clock; it owns no canvas. Remote players follow their interpolated track, the own player is
 * moved by the walker. Players of another map are no part of the cast.
 */
import type { Player } from "../../contract";
import { extendTrack, own, sampleTrack, type Track, type WorldEvent, type WorldMirror } from "../../sdk";
import type { Heading, Pose } from "../art/person";
import { type Look, lookKey, lookOf } from "../look/look";
import { sheetIn } from "../look/worn";
import { heightAt, MAP_ID } from "../map/harbour";

/** Walking frames per tile: 8 a second at 4 tiles a second. */
const FRAMES_PER_TILE = 2;
/** Below this speed, tiles per second, nobody walks. */
const STANDING = 0.25;
/** Highest jump above the ground that is drawn, in tiles: another client may send any height. */
const HIGHEST_JUMP = 3;

export interface Actor {
  readonly id: string;
  name: string;
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

interface Role extends Actor {
  player: Player;
  track: Track;
  /** Tiles walked, for the feet. */
  walked: number;
}

export class Cast {
  private readonly roles = new Map<string, Role>();
  selfId: string | null = null;

  get actors(): Iterable<Actor> {
    return this.roles.values();
  }

  actor(id: string): Actor | undefined {
    return this.roles.get(id);
  }

  follow(mirror: WorldMirror, event: WorldEvent, now: number): void {
    switch (event.type) {
      case "snapshot":
        for (const id of [...this.roles.keys()]) if (!mirror.players.has(id)) this.roles.delete(id);
        for (const player of mirror.players.values()) this.cast(player, now);
        return;
      case "joined":
        this.roles.delete(event.player.id);
        this.cast(event.player, now);
        return;
      case "updated":
        for (const { id } of event.patches) {
          const player = mirror.players.get(id);
          if (player) this.cast(player, now);
        }
        return;
      case "left":
        this.roles.delete(event.id);
        return;
      default:
    }
  }

  /** Moves everyone to `now`. */
  advance(now: number): void {
    for (const role of this.roles.values()) {
      if (role.id === this.selfId) continue;
      const sampled = sampleTrack(role.track, now);
      if (sampled) this.place(role, sampled.position, sampled.speed);
    }
  }

  /** The own player, moved by the walker; `speed` in tiles per second. */
  moveSelf(position: Player["position"], heading: Heading, speed: number): void {
    const role = this.selfId === null ? undefined : this.roles.get(this.selfId);
    if (!role) return;
    role.heading = heading;
    this.place(role, position, speed);
  }

  private cast(player: Player, now: number): void {
    if (isElsewhere(player)) {
      this.roles.delete(player.id);
      return;
    }
    const known = this.roles.get(player.id);
    if (!known) {
      this.roles.set(player.id, newRole(player, now));
      return;
    }
    if (known.player.metadata !== player.metadata) changeClothes(known, player);
    if (known.player.position !== player.position || known.player.animation !== player.animation) {
      const arrival = { at: now, position: player.position, moving: player.animation === "walk" };
      known.track = extendTrack(known.track, arrival);
    }
    known.name = player.name;
    known.player = player;
  }

  private place(role: Role, { x, y, z }: Player["position"], speed: number): void {
    const dx = x - role.x;
    const dz = z - role.z;
    role.x = x;
    role.z = z;
    const ground = heightAt(x, z);
    role.height = Math.min(ground + HIGHEST_JUMP, Math.max(ground, y));
    if (speed < STANDING) {
      role.walked = 0;
      role.pose = "idle";
      return;
    }
    role.walked += Math.min(1, Math.hypot(dx, dz));
    role.pose = POSES[Math.floor(role.walked * FRAMES_PER_TILE) % POSES.length] ?? "pass";
    if (role.id !== this.selfId && !saidHeading(role.player))
      role.heading = headingAlong(dx, dz) ?? role.heading;
  }
}

const POSES: readonly Pose[] = ["step-left", "pass", "step-right", "pass"];
const HEADINGS: readonly Heading[] = ["up", "down", "left", "right"];

function newRole(player: Player, now: number): Role {
  const { x, y, z } = player.position;
  const role: Role = {
    id: player.id,
    name: player.name,
    look: lookOf(player.id, player.metadata),
    lookKey: 0,
    sheetId: null,
    x,
    z,
    height: Math.max(y, heightAt(x, z)),
    heading: "down",
    pose: "idle",
    player,
    track: extendTrack([], { at: now, position: player.position, moving: false }),
    walked: 0,
  };
  dress(role, player);
  return role;
}

/** Most changes of metadata are a turn of the head; reading a look anew costs far more than noticing that. */
function changeClothes(role: Role, player: Player): void {
  const before = role.player.metadata;
  const { metadata } = player;
  if (before.appearance === metadata.appearance && before.spriteAssetId === metadata.spriteAssetId)
    role.heading = saidHeading(player) ?? role.heading;
  else dress(role, player);
}

function dress(role: Role, player: Player): void {
  const look = lookOf(player.id, player.metadata);
  role.look = look;
  role.lookKey = lookKey(look);
  role.sheetId = sheetIn(player.metadata);
  role.heading = saidHeading(player) ?? role.heading;
}

function saidHeading(player: Player): Heading | undefined {
  const said = own(player.metadata, "heading");
  return HEADINGS.find((heading) => heading === said);
}

/** The stronger axis wins; on a diagonal, sideways. */
export function headingAlong(dx: number, dz: number): Heading | undefined {
  if (Math.abs(dx) < 1e-6 && Math.abs(dz) < 1e-6) return undefined;
  if (Math.abs(dx) >= Math.abs(dz) * 0.9) return dx < 0 ? "left" : "right";
  return dz < 0 ? "up" : "down";
}

/** Listed, but not drawn: he walks on a map this page does not have. */
export function isElsewhere(player: Player): boolean {
  const mapId = own(player.metadata, "mapId");
  return typeof mapId === "string" && mapId !== "" && mapId !== MAP_ID;
}
