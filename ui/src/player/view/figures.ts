/**
 * People, painted once per look, direction and pose and shown often.
 *
 * One small picture each: shared sheets were tried, and every new figure made the browser copy the whole sheet before
 * the next one could be drawn from it. The memory for all of them is bounded; whoever was out of sight longest is
 * forgotten first. Painting takes a bounded time of each frame: when many turn at once, some show their last step a
 * little longer, and a crowd that comes into sight does so over a few frames.
 */
import type { Canvas2d } from "../art/brush";
import type { Palette } from "../art/palette";
import {
  type Heading,
  PERSON_BOX,
  PERSON_SCALE,
  type Pose,
  paintPerson,
  paintPersonShadow,
} from "../art/person";
import type { Look } from "../look/look";
import { Easel, forgetPicture, type Picture } from "./picture";

/** Memory for all pictures of people, bytes: at a ratio of 2 some 1800 of them. */
const BUDGET = 128 * 1024 * 1024;
const BYTES_PER_PIXEL = 4;
/** Longest time that may go into painting before a frame makes do with what there is, ms. */
const PAINTING_MS = 1;
/** The same for people of whom there is no picture at all. */
const FIRST_SIGHT_MS = 8;

const HEADING_INDEX: Readonly<Record<Heading, number>> = { down: 0, left: 1, right: 2, up: 3 };
const POSE_INDEX: Readonly<Record<Pose, number>> = { idle: 0, "step-left": 1, pass: 2, "step-right": 3 };
const POSES = 4;

/** All pictures of one look, by direction and pose. */
interface Figure {
  readonly pictures: (Picture | undefined)[];
  /** The frame it was last drawn in. */
  seen: number;
}

export class Figures {
  private readonly footX: number;
  private readonly footY: number;
  private readonly width: number;
  private readonly height: number;
  private readonly limit: number;
  private readonly figures = new Map<number, Figure>();
  private readonly easel: Easel;
  private painted = 0;
  private frame = 0;
  private paintingMs = 0;

  constructor(
    private readonly scale: number,
    private readonly palette: Palette,
  ) {
    const unit = scale * PERSON_SCALE;
    this.footX = Math.ceil(PERSON_BOX.left * unit);
    this.footY = Math.ceil(PERSON_BOX.up * unit);
    this.width = this.footX + Math.ceil(PERSON_BOX.right * unit);
    this.height = this.footY + Math.ceil(PERSON_BOX.down * unit);
    this.easel = new Easel(this.width, this.height);
    this.limit = Math.floor(BUDGET / (this.width * this.height * BYTES_PER_PIXEL));
  }

  beginFrame(): void {
    this.frame += 1;
    this.paintingMs = 0;
  }

  /** Draws with the feet at a point in device pixels. `key` is the look's. */
  draw(c: Canvas2d, look: Look, key: number, heading: Heading, pose: Pose, x: number, y: number): void {
    const figure = this.figureOf(key);
    const index = HEADING_INDEX[heading] * POSES + POSE_INDEX[pose];
    const picture = figure.pictures[index] ?? this.missing(figure, index, look, heading, pose);
    if (picture) c.drawImage(picture.image, x - this.footX, y - this.footY);
  }

  private figureOf(key: number): Figure {
    let figure = this.figures.get(key);
    if (!figure) {
      figure = { pictures: [], seen: 0 };
      this.figures.set(key, figure);
    }
    figure.seen = this.frame;
    return figure;
  }

  /** `undefined`: not in this frame. */
  private missing(
    figure: Figure,
    index: number,
    look: Look,
    heading: Heading,
    pose: Pose,
  ): Picture | undefined {
    if (this.paintingMs > PAINTING_MS) {
      const similar = similarTo(figure, index);
      if (similar || this.paintingMs > FIRST_SIGHT_MS) return similar;
    }
    const before = performance.now();
    const picture = this.paint(look, heading, pose);
    figure.pictures[index] = picture;
    this.painted += 1;
    if (this.painted > this.limit) this.forgetOne(figure);
    this.paintingMs += performance.now() - before;
    return picture;
  }

  private paint(look: Look, heading: Heading, pose: Pose): Picture {
    return this.easel.paint((c) => {
      c.setTransform(this.scale, 0, 0, this.scale, this.footX, this.footY);
      paintPersonShadow(c, this.palette);
      paintPerson(c, { look, heading, pose }, this.palette);
    });
  }

  /** The one longest out of sight, `kept` aside. */
  private forgetOne(kept: Figure): void {
    let oldest: number | undefined;
    let seen = Number.POSITIVE_INFINITY;
    for (const [key, figure] of this.figures) {
      if (figure === kept || figure.seen >= seen) continue;
      seen = figure.seen;
      oldest = key;
    }
    const forgotten = oldest === undefined ? undefined : this.figures.get(oldest);
    if (oldest === undefined || !forgotten) return;
    this.figures.delete(oldest);
    const pictures = forgotten.pictures.filter((picture) => picture !== undefined);
    this.painted -= pictures.length;
    for (const picture of pictures) forgetPicture(picture);
  }
}

/** Another step in the same direction, else anything of this look. */
function similarTo({ pictures }: Figure, index: number): Picture | undefined {
  const first = index - (index % POSES);
  for (let pose = first; pose < first + POSES; pose++) if (pictures[pose]) return pictures[pose];
  return pictures.find((picture) => picture !== undefined);
}
