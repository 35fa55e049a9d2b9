/**
 * Figures outside the world: head and shoulders for lists, the whole person for cards. Each has a canvas of its own.
 *
 * A worn sheet takes the peg person's place as soon as it is there.
 */
import type { Metadata } from "@comutiny/client/contract";
import type { Canvas2d } from "../art/brush";
import { DAY } from "../art/palette";
import { PERSON_SCALE, paintPerson, paintPersonShadow } from "../art/person";
import { type Look, lookKey, lookOf } from "../look/look";
import { sheetIn } from "../look/worn";
import { drawFrame, frameOf, type Sheet, sheetZoom } from "./sheet";
import type { SpriteImages } from "./sprite-images";

/** Who is to be seen. */
export interface Sitter {
  readonly look: Look;
  /** The asset worn instead, if any. */
  readonly sheetId: string | null;
}

export function sitterOf(id: string, metadata: Metadata): Sitter {
  return { look: lookOf(id, metadata), sheetId: sheetIn(metadata) };
}

/** The same text for the same picture. */
export function sitterKey({ look, sheetId }: Sitter): string {
  return `${lookKey(look)} ${sheetId ?? ""}`;
}

/** Art pixels of a figure that a round portrait shows across. */
const ACROSS = 34;
/** Art pixels from the feet up to the lower edge of a portrait. */
const BUST = 32.5;
/** Share of a sheet's frame that a portrait shows across, and how far below its upper edge it begins. */
const FRAME_ACROSS = 0.72;
const FRAME_TOP = 0.04;

export class Portraits {
  constructor(private readonly sprites: SpriteImages) {}

  /** `size` in CSS pixels. Decoration: the name stands beside it. */
  head(sitter: Sitter, size: number): HTMLCanvasElement {
    return this.picture(sitter, size, size, (c, width, height, sheet) => {
      if (sheet) {
        drawBust(c, sheet, width, height);
        return;
      }
      const unit = width / ACROSS / PERSON_SCALE;
      c.setTransform(unit, 0, 0, unit, width / 2, height + BUST * PERSON_SCALE * unit);
      paintPerson(c, { look: sitter.look, heading: "down", pose: "idle" }, DAY);
    });
  }

  /** The whole figure with its shadow; `height` in CSS pixels. */
  whole(sitter: Sitter, height: number): HTMLCanvasElement {
    return this.picture(sitter, height * 0.62, height, (c, deviceWidth, deviceHeight, sheet) => {
      const unit = deviceHeight / (82 * PERSON_SCALE);
      c.setTransform(unit, 0, 0, unit, deviceWidth / 2, 75 * PERSON_SCALE * unit);
      paintPersonShadow(c, DAY);
      if (sheet) drawFrame(c, sheet, frameOf(sheet.layout, "down", "idle"), sheetZoom(sheet.layout, 1));
      else paintPerson(c, { look: sitter.look, heading: "down", pose: "idle" }, DAY);
    });
  }

  private picture(
    { sheetId }: Sitter,
    width: number,
    height: number,
    paint: (c: Canvas2d, width: number, height: number, sheet: Sheet | null) => void,
  ): HTMLCanvasElement {
    const canvas = emptyPicture(width, height);
    const c = canvas.getContext("2d");
    if (!c) return canvas;
    const sheet = sheetId === null ? null : this.sprites.sheet(sheetId);
    paint(c, canvas.width, canvas.height, sheet);
    if (sheetId === null || sheet) return canvas;
    void this.sprites.arrival(sheetId).then((arrived) => {
      if (!arrived) return;
      c.resetTransform();
      c.clearRect(0, 0, canvas.width, canvas.height);
      paint(c, canvas.width, canvas.height, arrived);
    });
    return canvas;
  }
}

function drawBust(c: Canvas2d, { image, layout }: Sheet, width: number, height: number): void {
  const { x, y } = frameOf(layout, "down", "idle");
  const across = Math.min(layout.frameWidth * FRAME_ACROSS, layout.frameHeight);
  const left = Math.max(0, Math.min(layout.frameWidth - across, layout.feetX - across / 2));
  c.drawImage(image, x + left, y + layout.frameHeight * FRAME_TOP, across, across, 0, 0, width, height);
}

function emptyPicture(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
