/**
 * Pictures painted once and shown often: small canvases and a store that forgets the ones longest unused.
 */
import type { Canvas2d } from "../art/brush";

export interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/** Sizes in device pixels; at least one pixel each way. */
export function paintPicture(width: number, height: number, paint: (c: Canvas2d) => void): Picture {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width));
  canvas.height = Math.max(1, Math.ceil(height));
  const c = canvas.getContext("2d");
  if (c) paint(c);
  return { canvas, width: canvas.width, height: canvas.height };
}

export class PictureStore<P> {
  private readonly kept = new Map<string, P>();

  /** Keeps at most `limit` pictures. */
  constructor(private readonly limit: number) {}

  get(key: string, paint: () => P): P {
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const fresh = paint();
    this.kept.set(key, fresh);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > this.limit && oldest !== undefined) this.kept.delete(oldest);
    return fresh;
  }

  clear(): void {
    this.kept.clear();
  }
}
