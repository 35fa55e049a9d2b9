/**
 * The moving picture: every frame it moves the own player, follows him with the camera and draws.
 *
 * It owns the canvas, the actors and the walker; it knows no socket. What the own player does is handed out as changes.
 */

import type { WorldEvent, WorldMirror } from "@comutiny/client";
import type { Mood, Position, Spot } from "@comutiny/client/contract";
import { RISE, TILE_DEPTH } from "./art/brush";
import type { Heading } from "./art/person";
import type { Terrain } from "./map/terrain";
import { Actors } from "./view/actors";
import { Bubbles } from "./view/bubbles";
import {
  type Camera,
  cameraOn,
  PHONE_WIDTH,
  type ScreenPoint,
  toGround,
  toScreen,
  type Viewport,
} from "./view/camera";
import { personAt } from "./view/person-at";
import type { SpriteImages } from "./view/sprite-images";
import { type Meet, WorldView } from "./view/world-view";
import { Walker, type Wish } from "./walker";

/** What of the own player others can see. */
export interface Bearing {
  readonly position: Position;
  readonly heading: Heading;
  readonly animation: "idle" | "walk";
}

export interface StageParts {
  readonly canvas: HTMLCanvasElement;
  readonly sprites: SpriteImages;
  readonly terrain: Terrain;
  readonly wish: () => Wish | null;
  readonly onFrame: (now: number) => void;
  readonly onBearing: (bearing: Bearing) => void;
  /** Somebody in the picture was pressed. */
  readonly onPerson: (id: string) => void;
}

/** Where the own player stands on the screen, as a share of its height: a phone's chat covers the lower end. */
const SHARE_DOWN = { desktop: 0.57, phone: 0.48 };
/** Before one walks, a phone shows the middle of the place above the sheet of the entrance. */
const SHARE_DOWN_WAITING = 1 / 3;
/** How fast the camera closes in, per second. */
const CAMERA_PULL = 10;
/** Open sea beyond the map that the camera may show, in tiles. */
const SEA = 6;
/** Farther than this, in tiles, the camera jumps instead of gliding. */
const CAMERA_JUMP = 6;
/** Most device pixels per CSS pixel that are drawn: beyond it nobody sees a difference. */
const FINEST_RATIO = 3;

export class Stage {
  readonly actors: Actors;
  readonly bubbles = new Bubbles();
  readonly walker: Walker;
  /** Whether the walker follows the visitor's wishes. */
  walking = false;
  /** Who has a ring around the feet. */
  ringed: string | null = null;
  /** Where friends walk in, and what its sign says. */
  meeting: Meet | null = null;
  /** The end: nobody is shown any more, and it is night. */
  night = false;
  private mood: Mood = "day";
  /** Of a world that was seen already the light changes slowly. */
  private softly = false;
  /** What a moderator is called, on their name tag. */
  moderator = "";

  private readonly terrain: Terrain;
  private readonly view: WorldView;
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private viewport: Viewport = { width: 1, height: 1, ratio: 1 };
  private camera: Camera = cameraOn({ x: 0, z: 0 }, this.viewport, 0.5);
  private focus: Spot = { x: 0, z: 0 };
  private last = 0;
  private sent: Bearing | null = null;
  /** Who was under the last press. */
  private meant: string | null = null;

  constructor(private readonly parts: StageParts) {
    this.terrain = parts.terrain;
    this.actors = new Actors(parts.terrain);
    this.walker = new Walker(parts.terrain);
    this.view = new WorldView(parts.canvas, parts.sprites, parts.terrain);
    new ResizeObserver(() => this.fit()).observe(parts.canvas);
    this.fit();
    parts.canvas.addEventListener("pointerdown", (event) => this.pressed(event));
    // Only after a whole press: what it opens takes the focus, which the press itself gives to the canvas.
    parts.canvas.addEventListener("click", () => {
      if (this.meant !== null) parts.onPerson(this.meant);
    });
    parts.canvas.addEventListener("pointermove", (event) => {
      parts.canvas.classList.toggle("over-person", event.pointerType === "mouse" && this.at(event) !== null);
    });
    void document.fonts?.ready.then(() => this.view.forgetText());
  }

  /** The light the world is in, as it tells: at once when one first sees it, slowly from then on. */
  lightUp(mood: Mood, first: boolean): void {
    this.softly = !first;
    this.mood = mood;
  }

  start(): void {
    requestAnimationFrame((now) => this.frame(now));
  }

  follow(mirror: WorldMirror, event: WorldEvent, now: number): void {
    this.actors.follow(mirror, event, now);
    this.parts.sprites.use(mirror.atlas);
    if (event.type === "chatRemoved") this.bubbles.withdraw(event.id);
  }

  /** Where somebody's feet are, in CSS pixels; `null` where they are not in view. */
  feetOf(id: string): { readonly x: number; readonly y: number } | null {
    const actor = this.actors.get(id);
    if (!actor) return null;
    const { width, height, ratio } = this.viewport;
    const at = toScreen(this.camera, actor.x, actor.z, actor.height);
    const feet = { x: at.x / ratio, y: at.y / ratio };
    return feet.x < 0 || feet.y < 0 || feet.x > width || feet.y > height ? null : feet;
  }

  /** Paints into another canvas what is around a spot, as it was drawn last. */
  copyAround({ x, z }: Spot, into: HTMLCanvasElement): void {
    const { canvas } = this.parts;
    const c = into.getContext("2d");
    const at = toScreen(this.camera, x, z, this.terrain.heightAt(x, z));
    const left = Math.max(0, Math.min(canvas.width - into.width, Math.round(at.x - into.width / 2)));
    // Whoever stands there fits in, and the sign below the spot stays out.
    const top = Math.max(0, Math.min(canvas.height - into.height, Math.round(at.y - into.height * 0.84)));
    c?.drawImage(canvas, left, top, into.width, into.height, 0, 0, into.width, into.height);
  }

  get bearing(): Bearing {
    const animation = this.walker.speed > 0 ? "walk" : "idle";
    return { position: this.walker.position, heading: this.walker.heading, animation };
  }

  /** The server knows this bearing: only what differs from it is sent from now on. */
  bearingKnown(bearing: Bearing): void {
    this.sent = bearing;
  }

  private frame(now: number): void {
    requestAnimationFrame((next) => this.frame(next));
    const seconds = this.last === 0 ? 0 : (now - this.last) / 1000;
    this.last = now;
    this.parts.onFrame(now);
    if (this.walking) this.walk(seconds);
    this.actors.advance(now);
    this.moveCamera(seconds);
    const complete = this.view.draw({
      camera: this.camera,
      actors: this.night ? [] : this.actors.all,
      selfId: this.actors.selfId,
      bubbles: this.night ? [] : this.bubbles.at(now),
      moderator: this.moderator,
      goal: this.walking ? this.walker.target : undefined,
      ringed: this.walking ? this.ringed : null,
      meeting: this.walking ? this.meeting : null,
      mood: this.night ? "night" : this.mood,
      softly: this.softly && !this.night && !this.calm.matches,
      now,
      sway: this.calm.matches ? 0 : now / 1000,
      calm: this.calm.matches,
    });
    if (complete) this.parts.canvas.classList.add("complete");
  }

  private walk(seconds: number): void {
    this.walker.advance(seconds, this.parts.wish());
    const { bearing } = this;
    this.actors.moveSelf(bearing.position, bearing.heading, this.walker.speed);
    if (this.sent && sameBearing(bearing, this.sent)) return;
    this.sent = bearing;
    this.parts.onBearing(bearing);
  }

  private moveCamera(seconds: number): void {
    const target = this.cameraTarget();
    const dx = target.x - this.focus.x;
    const dz = target.z - this.focus.z;
    const jumps = this.calm.matches || Math.hypot(dx, dz) > CAMERA_JUMP;
    const share = jumps ? 1 : 1 - Math.exp(-seconds * CAMERA_PULL);
    this.focus = { x: this.focus.x + dx * share, z: this.focus.z + dz * share };
    this.camera = cameraOn(this.focus, this.viewport, this.shareDown);
  }

  private get shareDown(): number {
    if (this.viewport.width >= PHONE_WIDTH) return SHARE_DOWN.desktop;
    return this.walking || this.night ? SHARE_DOWN.phone : SHARE_DOWN_WAITING;
  }

  /** The own player, height included; while nobody walks, where newcomers come in. */
  private cameraTarget(): Spot {
    // Beside the card that tells of the end, a wide screen shows the lighthouse.
    const { bounds, spawn } = this.terrain;
    const aside = this.night && this.viewport.width >= PHONE_WIDTH ? 4 : 0;
    if (!this.walking) return { x: spawn.x + aside, z: spawn.z + 0.4 };
    const { x, z } = this.walker.position;
    const seen = z - (this.terrain.heightAt(x, z) * RISE) / TILE_DEPTH;
    if (this.viewport.width < PHONE_WIDTH) return { x, z: seen };
    // A wide screen shows no more open sea in the north and south than it must.
    const down = (this.viewport.height * this.viewport.ratio) / (TILE_DEPTH * this.camera.scale);
    const north = bounds.north - SEA + down * SHARE_DOWN.desktop;
    const south = bounds.south + SEA / 2 - down * (1 - SHARE_DOWN.desktop);
    return { x, z: north < south ? Math.min(south, Math.max(north, seen)) : spawn.z };
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.parts.canvas;
    const ratio = Math.min(FINEST_RATIO, globalThis.devicePixelRatio || 1);
    this.viewport = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight), ratio };
    this.view.resize(this.viewport);
  }

  private pressed(event: PointerEvent): void {
    this.meant = event.button === 0 ? this.at(event) : null;
    if (!this.walking || event.button !== 0 || this.meant !== null) return;
    const point = this.pointOf(event);
    this.walker.walkTo(toGround(this.camera, point, (x, z) => this.terrain.heightAt(x, z)));
  }

  /** Who is under the pointer, for somebody who is in the world. */
  private at(event: PointerEvent): string | null {
    if (!this.walking) return null;
    return personAt(this.camera, this.pointOf(event), this.actors.all, this.actors.selfId);
  }

  private pointOf({ clientX, clientY }: PointerEvent): ScreenPoint {
    const { ratio } = this.viewport;
    return { x: clientX * ratio, y: clientY * ratio };
  }
}

function sameBearing(a: Bearing, b: Bearing): boolean {
  const { position: p } = a;
  const { position: q } = b;
  return p.x === q.x && p.y === q.y && p.z === q.z && a.heading === b.heading && a.animation === b.animation;
}
