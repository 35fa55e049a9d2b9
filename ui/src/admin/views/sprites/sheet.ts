/** What a sheet may be, and whether it divides into whole frames. Pure. */

/** What the server takes, and the rows a figure has. */
export const LIMITS = { kib: 256, side: 1024, across: 16, down: 4, name: 100 } as const;

/** The directions of the rows, from the top. */
export const ROWS = ["down", "left", "right", "up"] as const;

/** In pixels. */
export interface SheetSize {
  readonly width: number;
  readonly height: number;
}

export interface OddSide {
  readonly side: keyof SheetSize;
  readonly pixels: number;
  readonly frames: number;
}

/** The first side that cannot be divided into so many frames of whole pixels; `null` when both can. */
export function oddSide({ width, height }: SheetSize, across: number, down: number): OddSide | null {
  if (width % across !== 0) return { side: "width", pixels: width, frames: across };
  if (height % down !== 0) return { side: "height", pixels: height, frames: down };
  return null;
}

/** Why the server would not take it. */
export function tooLarge(
  file: Pick<Blob, "size">,
  { width, height }: SheetSize,
): "tooHeavy" | "tooWide" | null {
  if (file.size > LIMITS.kib * 1024) return "tooHeavy";
  return width > LIMITS.side || height > LIMITS.side ? "tooWide" : null;
}

/** What was typed as a whole number from 1 to the most there may be. */
export function wholeNumber(typed: number | string, most: number): number {
  return Math.min(most, Math.max(1, Math.round(Number(typed)) || 1));
}
