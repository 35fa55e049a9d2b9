/**
 * Where a card goes that is about somebody in the world: beside them, and never over what has to stay free. Pure; CSS
 * pixels.
 */

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface CardPlace {
  /** Where the person's feet are; `null` where they are not in sight. */
  readonly feet: { readonly x: number; readonly y: number } | null;
  readonly view: { readonly width: number; readonly height: number };
  /** What no card may cover: the list, and oneself. */
  readonly free: readonly Rectangle[];
}

export interface PlacedCard {
  readonly left: number;
  readonly top: number;
  /** The side that points at the person, and how far below the card's upper edge. */
  readonly nib: { readonly side: "left" | "right"; readonly y: number } | null;
}

/** From the feet to the card. */
const BESIDE = 44;
/** From the edges of the view. */
const EDGE = 16;
/** How far the nib stays from the card's corners. */
const CORNER = 24;
/** From the feet up to the middle of a person. */
const MIDDLE = 34;

export function placeBeside(
  place: CardPlace | null,
  { width, height }: { readonly width: number; readonly height: number },
): PlacedCard {
  if (!place) return { left: EDGE, top: EDGE, nib: null };
  const { feet, view, free } = place;
  const lowest = Math.max(EDGE, view.height - EDGE - height);
  const rightmost = Math.max(EDGE, view.width - EDGE - width);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(EDGE, value));
  const covers = (left: number, top: number) =>
    free.filter((it) => left < it.right && left + width > it.left && top < it.bottom && top + height > it.top)
      .length;
  const top = clamp((feet?.y ?? view.height / 2) - MIDDLE - height / 2, lowest);
  const sides = feet
    ? ([
        ["left", feet.x + BESIDE],
        ["right", feet.x - BESIDE - width],
      ] as const)
    : [];
  const tops = [top, EDGE, lowest];
  const fits = sides.filter(([, left]) => left >= EDGE && left <= rightmost);
  for (const at of tops) {
    const best = fits.find(([, left]) => covers(left, at) === 0);
    if (!best || !feet) continue;
    const y = Math.min(height - CORNER, Math.max(CORNER, feet.y - MIDDLE - at));
    return { left: best[1], top: at, nib: { side: best[0], y } };
  }
  // Nowhere beside: as far right as nothing is covered, without pointing at anybody.
  for (let left = rightmost; left >= EDGE; left -= EDGE)
    if (covers(left, top) === 0) return { left, top, nib: null };
  return { left: clamp(fits[0]?.[1] ?? rightmost, rightmost), top, nib: null };
}
