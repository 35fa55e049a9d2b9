/**
 * One frame of the world on the page's canvas: sea and ground, things and people from the back to the front, name tags
 * and bubbles on top.
 *
 * It draws what it is given and decides nothing; the cast says who is where. All drawing is in device pixels.
 */
import type { Canvas2d } from "../art/brush";
import { DAY, NIGHT, type Palette } from "../art/palette";
import { PERSON_HEIGHT } from "../art/person";
import { paintThing, SCENERY_BOXES } from "../art/scenery-art";
import { heightAt, tileUnder } from "../map/harbour";
import { SCENERY, type Thing } from "../map/scenery";
import type { Spot } from "../map/walk";
import { type Camera, PHONE_WIDTH, toScreen, type Viewport } from "./camera";
import type { Actor } from "./cast";
import { Figures } from "./figures";
import { GroundChunks } from "./ground-chunks";
import { Labels, type Placed, placeApart, type Room, TAG_HEIGHT } from "./labels";
import { Lights } from "./lights";
import { type Picture, PictureStore, paintPicture } from "./picture";
import type { SpriteImages } from "./sprite-images";
import { Waves } from "./waves";

export interface Bubble {
  readonly playerId: string;
  readonly content: string;
  /** 0 to 1; it fades at the end. */
  readonly strength: number;
}

export interface Frame {
  readonly camera: Camera;
  readonly actors: Iterable<Actor>;
  readonly selfId: string | null;
  readonly bubbles: readonly Bubble[];
  readonly night: boolean;
  /** Where the own player is walking to. */
  readonly goal: Spot | undefined;
  /** Seconds for water and boats; stands still under reduced motion. */
  readonly sway: number;
  /** Reduced motion: the walk without its bob. */
  readonly calm: boolean;
}

/** Pictures that belong to one scale and one time of day. */
interface PictureSet {
  readonly palette: Palette;
  readonly ground: GroundChunks;
  readonly figures: Figures;
  readonly things: PictureStore<Picture>;
  readonly waves: Waves;
}

/** Gaps above a head, CSS pixels. */
const TAG_GAP = 2;
const BUBBLE_GAP = 5;
const VIEW_MARGIN = 8;
/** What the panels at the top of a phone take, CSS pixels. */
const PHONE_TOP = 64;
/** More people than this in view are a crowd. */
const CROWD = 24;
/** What of the own person below his tag no bubble covers, CSS pixels. */
const OWN_HEAD = 44;

export class HarbourView {
  private readonly c: Canvas2d;
  private set: PictureSet | null = null;
  private labels: Labels;
  private ratio = 1;
  private readonly lights = new Lights();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly sprites: SpriteImages,
  ) {
    const c = canvas.getContext("2d", { alpha: false });
    if (!c) throw new Error("This browser cannot draw on a canvas.");
    this.c = c;
    this.labels = new Labels(1);
  }

  resize({ width, height, ratio }: Viewport): void {
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    if (ratio !== this.ratio) this.forgetText(ratio);
  }

  /** After the fonts arrived, or on another screen, tags and bubbles are painted anew. */
  forgetText(ratio = this.ratio): void {
    this.ratio = ratio;
    this.labels = new Labels(ratio);
  }

  draw(frame: Frame): void {
    const { c } = this;
    const { camera } = frame;
    const set = this.setFor(camera.scale, frame.night);
    c.setTransform(1, 0, 0, 1, 0, 0);
    set.ground.draw(c, camera);
    set.waves.draw(c, camera, frame.sway);
    if (frame.goal) this.drawGoal(camera, frame.goal);
    const seen = this.inView(frame);
    this.drawStanding(frame, seen, set);
    if (frame.night) this.lights.draw(c, camera);
    for (const actor of seen) if (actor.id !== frame.selfId) this.drawTag(camera, actor, false);
    const self = seen.find((actor) => actor.id === frame.selfId);
    if (self) this.drawTag(camera, self, true);
    this.drawBubbles(frame, seen);
  }

  private setFor(scale: number, night: boolean): PictureSet {
    const palette = night ? NIGHT : DAY;
    if (this.set?.waves.scale === scale && this.set.palette === palette) return this.set;
    this.set = {
      palette,
      ground: new GroundChunks(scale, palette),
      figures: new Figures(scale, palette),
      things: new PictureStore(80),
      waves: new Waves(scale, palette),
    };
    return this.set;
  }

  /** A ring on the ground. */
  private drawGoal(camera: Camera, { x, z }: Spot): void {
    const { c } = this;
    const at = toScreen(camera, x, z, heightAt(x, z));
    c.strokeStyle = "rgba(255, 253, 248, 0.85)";
    c.lineWidth = 2.5 * camera.scale;
    c.beginPath();
    c.ellipse(at.x, at.y, 11 * camera.scale, 8 * camera.scale, 0, 0, Math.PI * 2);
    c.stroke();
  }

  /** From the back to the front. */
  private inView({ camera, actors }: Frame): Actor[] {
    const margin = 120 * camera.scale;
    const seen: Actor[] = [];
    for (const actor of actors) {
      const { x, y } = toScreen(camera, actor.x, actor.z, actor.height);
      const visible =
        x > -margin && x < this.canvas.width + margin && y > -margin && y < this.canvas.height + margin;
      if (visible) seen.push(actor);
    }
    return seen.sort((a, b) => a.z - b.z);
  }

  /** Merges two lists that are already in the order of drawing. */
  private drawStanding(frame: Frame, people: readonly Actor[], set: PictureSet): void {
    let next = 0;
    for (const thing of SCENERY) {
      for (let person = people[next]; person && person.z < thing.z; person = people[++next]) {
        this.drawPerson(frame, person, set);
      }
      this.drawThing(frame, thing, set);
    }
    for (const person of people.slice(next)) this.drawPerson(frame, person, set);
  }

  private drawThing({ camera, sway }: Frame, thing: Thing, set: PictureSet): void {
    const { scale } = camera;
    const box = SCENERY_BOXES[thing.kind];
    const unit = scale * thing.size;
    const bob =
      tileUnder(thing.x, thing.z).ground === "water" ? Math.sin(sway * 1.1 + thing.x) * 1.4 * scale : 0;
    const { x, y } = toScreen(camera, thing.x, thing.z, heightAt(thing.x, thing.z));
    const left = x - Math.ceil(box.left * unit);
    const top = y - Math.ceil(box.up * unit);
    const width = Math.ceil(box.left * unit) + Math.ceil(box.right * unit);
    const height = Math.ceil(box.up * unit) + Math.ceil(box.down * unit);
    if (left > this.canvas.width || top > this.canvas.height || left + width < 0 || top + height < 0) return;
    const picture = set.things.get(`${thing.kind} ${thing.tint} ${thing.size}`, () =>
      paintPicture(width, height, (c) => {
        c.setTransform(unit, 0, 0, unit, x - left, y - top);
        paintThing(c, thing, set.palette);
      }),
    );
    this.c.drawImage(picture.canvas, left, top + Math.round(bob));
  }

  private drawPerson({ camera, calm }: Frame, actor: Actor, set: PictureSet): void {
    const { x, y } = toScreen(camera, actor.x, actor.z, actor.height);
    const { spriteId, heading, look } = actor;
    const pose = calm && actor.pose === "pass" ? "idle" : actor.pose;
    if (spriteId !== null && this.sprites.draw(this.c, spriteId, heading, pose, x, y, camera.scale)) return;
    set.figures.draw(this.c, { look, heading, pose }, actor.lookKey, x, y);
  }

  private drawTag(camera: Camera, actor: Actor, own: boolean): void {
    const { canvas, width } = this.labels.tag(actor.name, own);
    const { x, y } = this.tagSpot(camera, actor);
    this.c.drawImage(canvas, Math.round(x - width / 2), y);
  }

  /** Upper middle of a name tag. */
  private tagSpot(camera: Camera, actor: Actor): { x: number; y: number } {
    const { x, y } = toScreen(camera, actor.x, actor.z, actor.height);
    return { x, y: Math.round(y - PERSON_HEIGHT * camera.scale - (TAG_GAP + TAG_HEIGHT) * this.ratio) };
  }

  private drawBubbles({ camera, bubbles, selfId }: Frame, seen: readonly Actor[]): void {
    if (bubbles.length === 0) return;
    const speakers = new Map(seen.map((actor) => [actor.id, actor]));
    const shown: { picture: Picture; strength: number; box: Placed }[] = [];
    for (const { playerId, content, strength } of bubbles) {
      const actor = speakers.get(playerId);
      if (!actor) continue;
      const picture = this.labels.bubble(content);
      const spot = this.tagSpot(camera, actor);
      const y = spot.y - BUBBLE_GAP * this.ratio - picture.height;
      const box = {
        x: Math.round(spot.x - picture.width / 2),
        y,
        width: picture.width,
        height: picture.height,
      };
      if (spot.x > 0 && spot.x < this.canvas.width && spot.y > 0 && y < this.canvas.height) {
        shown.push({ picture, strength, box });
      }
    }
    const places = placeApart(
      shown.map((each) => each.box),
      this.roomForBubbles(camera, seen, selfId),
    );
    shown.forEach(({ picture, strength }, i) => {
      const place = places[i];
      if (!place) return;
      this.c.globalAlpha = strength;
      this.c.drawImage(picture.canvas, place.x, place.y);
    });
    this.c.globalAlpha = 1;
  }

  /** Tags and the own person stay free; in a crowd there is no room for that. */
  private roomForBubbles(camera: Camera, seen: readonly Actor[], selfId: string | null): Room {
    const margin = VIEW_MARGIN * this.ratio;
    const phone = this.canvas.width < PHONE_WIDTH * this.ratio;
    const few = seen.length <= CROWD ? seen : seen.filter((actor) => actor.id === selfId);
    const taken = few.map((actor) => {
      const { width } = this.labels.tag(actor.name, actor.id === selfId);
      const { x, y } = this.tagSpot(camera, actor);
      const height = (actor.id === selfId ? TAG_HEIGHT + OWN_HEAD : TAG_HEIGHT) * this.ratio;
      return { x: x - width / 2, y, width, height };
    });
    return {
      left: margin,
      right: this.canvas.width - margin,
      top: phone ? PHONE_TOP * this.ratio : margin,
      taken,
    };
  }
}
