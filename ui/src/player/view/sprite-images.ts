/**
 * Figures from the sprite atlas: loaded once, drawn when they are there. Until then, and when an image is broken or its
 * sheet makes no sense, the caller draws a peg person.
 *
 * A sheet that was itself drawn from an appearance is not used: the player carries that appearance, and painting it
 * gives the same figure sharp at every zoom, with whatever was changed since.
 */
import type { Sprite, SpriteAtlas } from "../../contract";
import { fieldsOf, NO_SPRITES, own } from "../../sdk";
import type { Canvas2d } from "../art/brush";
import { type Heading, PERSON_SCALE, type Pose } from "../art/person";

interface SheetLayout {
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly rows: readonly string[];
  readonly framesPerRow: number;
  /** Where the feet stand in a frame. */
  readonly feetX: number;
  readonly feetY: number;
}

interface Loaded {
  readonly image: HTMLImageElement;
  readonly layout: SheetLayout;
}

/** Height of a frame in art pixels: that of a peg person's cell. */
const FIGURE_HEIGHT = 80 * PERSON_SCALE;
/** Columns are step, pass, step, pass; who stands shows a pass. */
const COLUMN: Readonly<Record<Pose, number>> = { idle: 1, "step-left": 0, pass: 1, "step-right": 2 };

export class SpriteImages {
  private atlas: SpriteAtlas = NO_SPRITES;
  private readonly loaded = new Map<string, Loaded | null>();

  constructor(private readonly gateway: string) {}

  use(atlas: SpriteAtlas): void {
    if (atlas === this.atlas) return;
    this.atlas = atlas;
    this.loaded.clear();
  }

  /** Whether it could draw the figure. */
  draw(
    c: Canvas2d,
    spriteId: string,
    heading: Heading,
    pose: Pose,
    x: number,
    y: number,
    scale: number,
  ): boolean {
    const sprite = this.loaded.get(spriteId) ?? this.load(spriteId);
    if (!sprite) return false;
    const { image, layout } = sprite;
    const row = Math.max(0, layout.rows.indexOf(heading));
    const column = COLUMN[pose] % layout.framesPerRow;
    const zoom = (FIGURE_HEIGHT * scale) / layout.frameHeight;
    const width = layout.frameWidth * zoom;
    const height = layout.frameHeight * zoom;
    c.drawImage(
      image,
      column * layout.frameWidth,
      row * layout.frameHeight,
      layout.frameWidth,
      layout.frameHeight,
      Math.round(x - layout.feetX * zoom),
      Math.round(y - layout.feetY * zoom),
      width,
      height,
    );
    return true;
  }

  /** Starts loading; `null` until the image is there, and for good when it is broken. */
  private load(spriteId: string): null {
    const sprite = this.atlas.lookup.get(spriteId);
    if (this.loaded.has(spriteId) || !sprite) return null;
    this.loaded.set(spriteId, null);
    const address = fieldsOf(own(sprite.metadata, "appearance"))
      ? undefined
      : imageAddress(sprite, this.gateway);
    if (!address) return null;
    const image = new Image();
    image.crossOrigin = "anonymous";
    image.onload = () => {
      const layout = sheetLayout(sprite, image);
      if (layout && this.atlas.lookup.get(spriteId) === sprite) this.loaded.set(spriteId, { image, layout });
    };
    image.src = address;
    return null;
  }
}

/** Only from the server's own `/static`: an atlas cannot make visitors load from elsewhere. */
function imageAddress({ imageUrl }: Sprite, gateway: string): string | undefined {
  try {
    const url = new URL(imageUrl, gateway);
    return url.origin === new URL(gateway).origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The sheet `sprite.metadata` describes; without a description the whole image is one frame. */
export function sheetLayout(
  { metadata }: Pick<Sprite, "metadata">,
  image: { readonly naturalWidth: number; readonly naturalHeight: number },
): SheetLayout | undefined {
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth < 1 || naturalHeight < 1) return undefined;
  const count = (key: string, otherwise: number) => {
    const value = own(metadata, key);
    return typeof value === "number" && Number.isFinite(value) && value >= 1 ? Math.floor(value) : otherwise;
  };
  const frameWidth = Math.min(naturalWidth, count("frameWidth", naturalWidth));
  const frameHeight = Math.min(naturalHeight, count("frameHeight", naturalHeight));
  const rows = own(metadata, "rows");
  const fits = Math.floor(naturalHeight / frameHeight);
  return {
    frameWidth,
    frameHeight,
    rows: Array.isArray(rows) ? rows.filter((row) => typeof row === "string").slice(0, fits) : [],
    framesPerRow: Math.min(Math.floor(naturalWidth / frameWidth), count("framesPerRow", 1)),
    feetX: Math.min(frameWidth, count("feetX", frameWidth / 2)),
    feetY: Math.min(frameHeight, count("feetY", frameHeight)),
  };
}
