/**
 * One frame of the world on the page's canvas: sea and ground, things and people from the back to the front, name tags
 * and bubbles on top.
 *
 * It draws what it is given and decides nothing; the actors know who is where. All drawing is in device pixels.
 */
import type { Spot } from "@comutiny/client/contract";
import type { Canvas2d } from "../art/brush";
import { DAY, NIGHT, type Palette } from "../art/palette";
import { PERSON_BOX, PERSON_HEIGHT, PERSON_SCALE } from "../art/person";
import { paintThing, SCENERY_BOXES } from "../art/scenery-art";
import type { StandingThing, Terrain } from "../map/terrain";
import type { DrawnActor } from "./actors";
import type { Bubble } from "./bubbles";
import { type Camera, type ScreenPoint, toScreen, type Viewport } from "./camera";
import { Figures } from "./figures";
import { GroundChunks } from "./ground-chunks";
import { Lights } from "./lights";
import { Overhead, type Seen } from "./overhead";
import { type Picture, PictureStore, paintPicture } from "./picture";
import { SheetFigures } from "./sheet-figures";
import type { SpriteImages } from "./sprite-images";
import { Waves } from "./waves";

/** Where friends walk in, and what its sign says. */
export interface Meet {
  readonly spot: Spot;
  readonly words: string;
}

export interface Frame {
  readonly camera: Camera;
  readonly actors: Iterable<DrawnActor>;
  readonly selfId: string | null;
  readonly bubbles: readonly Bubble[];
  readonly night: boolean;
  /** Where the own player is walking to. */
  readonly goal: Spot | undefined;
  /** Who has a ring around the feet. */
  readonly ringed: string | null;
  /** Where friends walk in. */
  readonly meeting: Meet | null;
  /** Seconds for water and boats; stands still under reduced motion. */
  readonly sway: number;
  /** Reduced motion: the walk without its bob, bubbles without their growth. */
  readonly calm: boolean;
}

/** Farther than this beside the view, in art pixels, nothing of a person or a common name tag shows in it. */
const ASIDE = 40;
/** Machine, so cool. */
const ACCENT = "#6CC5D6";
/** What a tag takes above a person, in art pixels. */
const TAG = 24;

/** Pictures that belong to one scale and one time of day. */
interface PictureSet {
  readonly palette: Palette;
  readonly ground: GroundChunks;
  readonly figures: Figures;
  readonly sheetFigures: SheetFigures;
  readonly things: PictureStore<number, Picture>;
  readonly waves: Waves;
}

/** A thing with what can be known of it once and for all. */
interface Standing {
  readonly thing: StandingThing;
  /** The first thing that looks the same: they share a picture. */
  readonly variant: number;
  readonly height: number;
  readonly floats: boolean;
}

export class WorldView {
  private readonly c: Canvas2d;
  private set: PictureSet | null = null;
  private ratio = 1;
  private readonly lights: Lights;
  private readonly standing: readonly Standing[];
  private readonly overhead: Overhead;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly sprites: SpriteImages,
    private readonly terrain: Terrain,
  ) {
    const c = canvas.getContext("2d", { alpha: false });
    if (!c) throw new Error("This browser cannot draw on a canvas.");
    this.c = c;
    this.overhead = new Overhead(c);
    this.lights = new Lights(terrain);
    this.standing = terrain.standing.map((thing) => ({
      thing,
      variant: terrain.standing.findIndex(
        ({ kind, tint, size }) => kind === thing.kind && tint === thing.tint && size === thing.size,
      ),
      height: terrain.heightAt(thing.x, thing.z),
      floats: terrain.tileUnder(thing.x, thing.z).ground === "water",
    }));
  }

  resize({ width, height, ratio }: Viewport): void {
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    if (ratio === this.ratio) return;
    this.ratio = ratio;
    this.overhead.forgetText(ratio);
  }

  /** After the fonts arrived. */
  forgetText(): void {
    this.overhead.forgetText();
  }

  /** Answers whether the picture is complete: at the very beginning the ground comes piece by piece. */
  draw(frame: Frame): boolean {
    const { c } = this;
    const { camera, selfId, bubbles, calm } = frame;
    const set = this.setFor(camera.scale, frame.night);
    c.setTransform(1, 0, 0, 1, 0, 0);
    set.figures.beginFrame();
    const complete = set.ground.draw(c, camera);
    set.waves.draw(c, camera, frame.sway);
    if (frame.goal) this.drawGoal(camera, frame.goal);
    const seen = this.inView(frame);
    this.drawSigns(frame, seen);
    this.drawStanding(frame, seen, set);
    if (frame.night) this.lights.draw(c, camera);
    if (frame.meeting)
      this.overhead.drawSign(frame.meeting.words, this.signPlace(camera, frame.meeting.spot));
    this.overhead.draw({ scale: camera.scale, seen, selfId, bubbles, calm });
    return complete;
  }

  private setFor(scale: number, night: boolean): PictureSet {
    const palette = night ? NIGHT : DAY;
    if (this.set?.waves.scale === scale && this.set.palette === palette) return this.set;
    this.set = {
      palette,
      ground: new GroundChunks(this.terrain, scale, palette, this.set === null),
      figures: new Figures(scale, palette),
      sheetFigures: new SheetFigures(scale, palette),
      things: new PictureStore(this.standing.length * 2),
      waves: new Waves(this.terrain, scale, palette),
    };
    return this.set;
  }

  /** A ring on the ground. */
  private drawGoal(camera: Camera, { x, z }: Spot): void {
    const { c } = this;
    const at = toScreen(camera, x, z, this.terrain.heightAt(x, z));
    c.strokeStyle = "rgba(255, 253, 248, 0.85)";
    c.lineWidth = 2.5 * camera.scale;
    c.beginPath();
    c.ellipse(at.x, at.y, 11 * camera.scale, 8 * camera.scale, 0, 0, Math.PI * 2);
    c.stroke();
  }

  /** On the ground, below everybody: the ring of who is chosen, and where friends walk in. */
  private drawSigns({ camera, ringed, meeting }: Frame, seen: readonly Seen[]): void {
    const { c } = this;
    const { scale } = camera;
    const chosen = ringed === null ? undefined : seen.find(({ actor }) => actor.id === ringed);
    const ellipse = (at: ScreenPoint, across: number, deep: number) => {
      c.beginPath();
      c.ellipse(at.x, at.y, (across / 2) * scale, (deep / 2) * scale, 0, 0, Math.PI * 2);
    };
    if (chosen) {
      c.strokeStyle = ACCENT;
      c.lineWidth = 2 * this.ratio;
      ellipse(chosen, 52, 24);
      c.stroke();
    }
    if (!meeting) return;
    const { x, z } = meeting.spot;
    ellipse(toScreen(camera, x, z, this.terrain.heightAt(x, z)), 42, 20);
    c.fillStyle = "rgba(14, 27, 37, 0.45)";
    c.fill();
    c.strokeStyle = "#FFFFFF";
    c.lineWidth = 2 * this.ratio;
    c.setLineDash([5 * this.ratio, 4 * this.ratio]);
    c.stroke();
    c.setLineDash([]);
  }

  /** Below the ellipse. */
  private signPlace(camera: Camera, { x, z }: Spot): ScreenPoint {
    const at = toScreen(camera, x, z, this.terrain.heightAt(x, z));
    return { x: at.x, y: at.y + Math.round(18 * camera.scale) };
  }

  /** From the back to the front. */
  private inView({ camera, actors }: Frame): readonly Seen[] {
    const { scale } = camera;
    const { width, height } = this.canvas;
    const aside = ASIDE * scale;
    const below = (PERSON_HEIGHT + TAG) * scale;
    const above = PERSON_BOX.down * PERSON_SCALE * scale;
    const seen: Seen[] = [];
    for (const actor of actors) {
      const { x, y } = toScreen(camera, actor.x, actor.z, actor.height);
      if (x > -aside && x < width + aside && y > -above && y < height + below) seen.push({ actor, x, y });
    }
    return seen.sort((a, b) => a.actor.z - b.actor.z);
  }

  /** Merges two lists that are already in the order of drawing. */
  private drawStanding(frame: Frame, people: readonly Seen[], set: PictureSet): void {
    let next = 0;
    for (const standing of this.standing) {
      const { z } = standing.thing;
      for (let person = people[next]; person && person.actor.z < z; person = people[++next]) {
        this.drawPerson(frame, person, set);
      }
      this.drawThing(frame, standing, set);
    }
    for (const person of people.slice(next)) this.drawPerson(frame, person, set);
  }

  private drawThing({ camera, sway }: Frame, standing: Standing, set: PictureSet): void {
    const { scale } = camera;
    const { thing } = standing;
    const box = SCENERY_BOXES[thing.kind];
    const unit = scale * thing.size;
    const bob = standing.floats ? Math.sin(sway * 1.1 + thing.x) * 1.4 * scale : 0;
    const { x, y } = toScreen(camera, thing.x, thing.z, standing.height);
    const left = x - Math.ceil(box.left * unit);
    const top = y - Math.ceil(box.up * unit);
    const width = Math.ceil(box.left * unit) + Math.ceil(box.right * unit);
    const height = Math.ceil(box.up * unit) + Math.ceil(box.down * unit);
    if (left > this.canvas.width || top > this.canvas.height || left + width < 0 || top + height < 0) return;
    const picture = set.things.get(standing.variant, () =>
      paintPicture(width, height, (c) => {
        c.setTransform(unit, 0, 0, unit, x - left, y - top);
        paintThing(c, thing, set.palette);
      }),
    );
    this.c.drawImage(picture.image, left, top + Math.round(bob));
  }

  private drawPerson({ calm }: Frame, { actor, x, y }: Seen, set: PictureSet): void {
    const { sheetId, heading, look } = actor;
    const pose = calm && actor.pose === "pass" ? "idle" : actor.pose;
    const sheet = sheetId === null ? null : this.sprites.sheet(sheetId);
    if (sheet) set.sheetFigures.draw(this.c, sheet, heading, pose, x, y);
    else set.figures.draw(this.c, look, actor.lookKey, heading, pose, x, y);
  }
}
