/**
 * A sheet of figures: how it is divided, and one figure of it drawn. Loading it is `sprite-images`.
 */

import { own } from "@comutiny/client";
import type { Sprite } from "@comutiny/client/contract";
import type { Canvas2d } from "../art/brush";
import { type Heading, PERSON_SCALE, type Pose } from "../art/person";

export interface SheetLayout {
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly rows: readonly string[];
  readonly framesPerRow: number;
  /** Where the feet stand in a frame. */
  readonly feetX: number;
  readonly feetY: number;
}

export interface Sheet {
  /** Unlike that of any other sheet, also of an earlier one under the same id. */
  readonly key: string;
  readonly image: HTMLImageElement;
  readonly layout: SheetLayout;
}

/** A rectangle of the image. */
export interface SheetFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of a frame in art pixels: that of a peg person's cell. */
const FIGURE_HEIGHT = 80 * PERSON_SCALE;
/** Columns are step, pass, step, pass; who stands shows a pass. */
const COLUMN: Readonly<Record<Pose, number>> = { idle: 1, "step-left": 0, pass: 1, "step-right": 2 };

/** Device pixels per pixel of the sheet, at this many device pixels per art pixel. */
export function sheetZoom({ frameHeight }: SheetLayout, scale: number): number {
  return (FIGURE_HEIGHT * scale) / frameHeight;
}

export function frameOf(layout: SheetLayout, heading: Heading, pose: Pose): SheetFrame {
  const row = Math.max(0, layout.rows.indexOf(heading));
  const column = COLUMN[pose] % layout.framesPerRow;
  const { frameWidth, frameHeight } = layout;
  return { x: column * frameWidth, y: row * frameHeight, width: frameWidth, height: frameHeight };
}

/** Draws one frame with its feet at the origin, `zoom` units per pixel of the sheet. */
export function drawFrame(c: Canvas2d, { image, layout }: Sheet, frame: SheetFrame, zoom: number): void {
  const { feetX, feetY } = layout;
  const { x, y, width, height } = frame;
  c.drawImage(image, x, y, width, height, -feetX * zoom, -feetY * zoom, width * zoom, height * zoom);
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
