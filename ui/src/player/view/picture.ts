/**
 * Pictures painted once and shown often, and a store that forgets the ones longest unused.
 */
import type { Canvas2d } from "../art/brush";

export interface Picture {
  readonly image: ImageBitmap | HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/**
 * Where pictures of one size are painted. A picture is a bitmap where the browser has them: it shows in two thirds of
 * the time a canvas takes, which the browser has to look after as if it could still change. The painting itself is done
 * on a canvas of the page, because clips have smooth edges there and none on an `OffscreenCanvas`.
 */
export class Easel {
  private readonly width: number;
  private readonly height: number;
  private readonly copier: OffscreenCanvasRenderingContext2D | null;
  private canvas: HTMLCanvasElement | null = null;

  /** Sizes in device pixels; at least one pixel each way. */
  constructor(width: number, height: number) {
    this.width = Math.max(1, Math.ceil(width));
    this.height = Math.max(1, Math.ceil(height));
    const hasBitmaps = typeof OffscreenCanvas === "function";
    this.copier = hasBitmaps ? new OffscreenCanvas(this.width, this.height).getContext("2d") : null;
  }

  paint(paint: (c: Canvas2d) => void): Picture {
    const { width, height, copier } = this;
    const canvas = this.canvas ?? Object.assign(document.createElement("canvas"), { width, height });
    const c = canvas.getContext("2d");
    if (c) {
      c.save();
      c.clearRect(0, 0, width, height);
      paint(c);
      c.restore();
    }
    if (!copier) return { image: canvas, width, height };
    this.canvas = canvas;
    copier.drawImage(canvas, 0, 0);
    return { image: copier.canvas.transferToImageBitmap(), width, height };
  }
}

/** Sizes in device pixels; at least one pixel each way. */
export function paintPicture(width: number, height: number, paint: (c: Canvas2d) => void): Picture {
  return new Easel(width, height).paint(paint);
}

/** Gives the memory back at once. Nobody may draw the picture after that. */
export function forgetPicture({ image }: Picture): void {
  if (image instanceof HTMLCanvasElement) image.width = 0;
  else image.close();
}

/**
 * Two generations: what is asked for moves to the younger one, and when that is full the older one is forgotten. So a
 * picture that is there costs one look into a map, which a strict order of use would not.
 */
export class PictureStore<Key, P> {
  private young = new Map<Key, P>();
  private old = new Map<Key, P>();

  /** Keeps at most `limit` pictures. */
  constructor(private readonly limit: number) {}

  get(key: Key, paint: () => P): P {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const picture = this.old.get(key) ?? paint();
    this.old.delete(key);
    this.young.set(key, picture);
    if (this.young.size >= this.limit / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    return picture;
  }
}
