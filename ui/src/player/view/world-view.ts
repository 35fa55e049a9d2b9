/**
 * One frame of the world on the page's canvas: sea and ground, things and people from the back to the front, name tags
 * and bubbles on top.
 *
 * It draws what it is given and decides nothing; the actors know who is where. All drawing is in device pixels.
 */
import type { Mood, Spot } from "@comutiny/client/contract";
import type { Canvas2d } from "../art/brush";
import { DAY, PALETTES, type Palette } from "../art/palette";
import { PERSON_BOX, PERSON_HEIGHT, PERSON_SCALE } from "../art/person";
import { paintThing, SCENERY_BOXES } from "../art/scenery-art";
import type { StandingThing, Terrain } from "../map/terrain";
import type { DrawnActor } from "./actors";
import type { Bubble } from "./bubbles";
import { type Camera, type ScreenPoint, toScreen, type Viewport } from "./camera";
import { Daylight } from "./daylight";
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
  /** What a moderator is called, on their name tag. */
  readonly moderator: string;
  /** The light the world is in. */
  readonly mood: Mood;
  /** It comes slowly, or is there at once. */
  readonly softly: boolean;
  /** ms. */
  readonly now: number;
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

/** Pictures of people that belong to one scale. They are in the colours of the day in every light. */
interface PeopleSet {
  readonly scale: number;
  readonly figures: Figures;
  readonly sheetFigures: SheetFigures;
}

/** Pictures that belong to one scale and one light. */
interface PictureSet {
  readonly palette: Palette;
  readonly ground: GroundChunks;
  readonly things: PictureStore<number, Picture>;
  readonly waves: Waves;
}

/** What a frame is drawn from: people, things, and the same things in the light that is coming. */
interface DrawnSets {
  readonly people: PeopleSet;
  readonly set: PictureSet;
  readonly coming: PictureSet | null;
  readonly share: number;
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
  /** Those of the light that is shown, and of the one that is coming. */
  private readonly sets = new Map<Mood, PictureSet>();
  private people: PeopleSet | null = null;
  private readonly daylight = new Daylight();
  /** Where the ground of the coming light is put together. */
  private layer: Canvas2d | null = null;
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
    const { c, daylight } = this;
    const { camera, selfId, bubbles, calm, moderator } = frame;
    // Nothing fades in that nobody has seen yet, and nothing moves slowly for who wants it calm.
    daylight.wish(frame.mood, frame.softly && this.sets.size > 0);
    const people = this.peopleFor(camera.scale);
    const set = this.setFor(camera.scale, daylight.mood);
    c.setTransform(1, 0, 0, 1, 0, 0);
    people.figures.beginFrame();
    const complete = set.ground.draw(c, camera);
    set.waves.draw(c, camera, frame.sway);
    const share = this.layOver(frame);
    const coming = share > 0 && daylight.coming ? this.setFor(camera.scale, daylight.coming) : null;
    if (frame.goal) this.drawGoal(camera, frame.goal);
    const seen = this.inView(frame);
    this.drawSigns(frame, seen);
    const shine = daylight.shine(share);
    this.lights.drawCarried(c, camera, seen, selfId, shine);
    this.drawStanding(frame, seen, { people, set, coming, share });
    this.lights.draw(c, camera, shine);
    if (share >= 1) this.arrive();
    if (frame.meeting)
      this.overhead.drawSign(frame.meeting.words, this.signPlace(camera, frame.meeting.spot));
    this.overhead.draw({ scale: camera.scale, seen, selfId, bubbles, moderator, calm });
    return complete;
  }

  /** The ground in the light that is coming, as much as there is of it. Answers how much that is, 0 to 1. */
  private layOver({ camera, sway, now }: Frame): number {
    const { c, daylight } = this;
    if (!daylight.coming) return 0;
    const { width, height } = this.canvas;
    this.layer ??= document.createElement("canvas").getContext("2d", { alpha: false });
    const { layer } = this;
    if (!layer) {
      daylight.arrive();
      return 0;
    }
    if (layer.canvas.width !== width) layer.canvas.width = width;
    if (layer.canvas.height !== height) layer.canvas.height = height;
    const set = this.setFor(camera.scale, daylight.coming);
    const share = daylight.share(now, set.ground.draw(layer, camera));
    if (share === 0) return 0;
    set.waves.draw(layer, camera, sway);
    c.globalAlpha = share;
    c.drawImage(layer.canvas, 0, 0);
    c.globalAlpha = 1;
    return share;
  }

  /** What belonged to the light before is given back. */
  private arrive(): void {
    this.sets.delete(this.daylight.mood);
    this.daylight.arrive();
    this.layer = null;
  }

  private peopleFor(scale: number): PeopleSet {
    if (this.people?.scale !== scale) {
      this.people = {
        scale,
        figures: new Figures(scale, DAY),
        sheetFigures: new SheetFigures(scale, DAY),
      };
    }
    return this.people;
  }

  private setFor(scale: number, mood: Mood): PictureSet {
    const known = this.sets.get(mood);
    if (known?.waves.scale === scale) return known;
    const palette = PALETTES[mood];
    // What the world opens with, and what is only on its way, comes piece by piece.
    const patient = this.sets.size === 0 || mood === this.daylight.coming;
    const set = {
      palette,
      ground: new GroundChunks(this.terrain, scale, palette, patient),
      things: new PictureStore<number, Picture>(this.standing.length * 2),
      waves: new Waves(this.terrain, scale, palette),
    };
    this.sets.set(mood, set);
    for (const other of [...this.sets.keys()])
      if (other !== this.daylight.mood && other !== this.daylight.coming) this.sets.delete(other);
    return set;
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
  private drawStanding(frame: Frame, people: readonly Seen[], sets: DrawnSets): void {
    let next = 0;
    for (const standing of this.standing) {
      const { z } = standing.thing;
      for (let person = people[next]; person && person.actor.z < z; person = people[++next]) {
        this.drawPerson(frame, person, sets.people);
      }
      this.drawThing(frame, standing, sets.set);
      if (!sets.coming) continue;
      this.c.globalAlpha = sets.share;
      this.drawThing(frame, standing, sets.coming);
      this.c.globalAlpha = 1;
    }
    for (const person of people.slice(next)) this.drawPerson(frame, person, sets.people);
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

  private drawPerson({ calm }: Frame, { actor, x, y }: Seen, set: PeopleSet): void {
    const { sheetId, heading, look } = actor;
    const pose = calm && actor.pose === "pass" ? "idle" : actor.pose;
    const sheet = sheetId === null ? null : this.sprites.sheet(sheetId);
    if (sheet) set.sheetFigures.draw(this.c, sheet, heading, pose, x, y);
    else set.figures.draw(this.c, look, actor.lookKey, heading, pose, x, y);
  }
}
