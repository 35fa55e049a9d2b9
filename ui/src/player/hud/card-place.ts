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
  /** What no card may cover: the list, the chat, and oneself. */
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
/** Farther than this above or below the person a card points at nobody. */
const POINTS = 24;
/** Between the card and a panel. */
const ROOM = 8;

/** A panel with what it keeps free around it. */
export function withRoom({ left, top, right, bottom }: Rectangle): Rectangle {
  return { left: left - ROOM, top: top - ROOM, right: right + ROOM, bottom: bottom + ROOM };
}

export function placeBeside(
  place: CardPlace | null,
  { width, height }: { readonly width: number; readonly height: number },
): PlacedCard {
  if (!place) return { left: EDGE, top: EDGE, nib: null };
  const { feet, view, free } = place;
  const lowest = Math.max(EDGE, view.height - EDGE - height);
  const rightmost = Math.max(EDGE, view.width - EDGE - width);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(EDGE, value));
  const covers = (left: number, top: number, kept = free) =>
    kept.filter((it) => left < it.right && left + width > it.left && top < it.bottom && top + height > it.top)
      .length;
  const level = (feet?.y ?? view.height / 2) - MIDDLE;
  const top = clamp(level - height / 2, lowest);
  const sides = feet
    ? ([
        ["left", feet.x + BESIDE],
        ["right", feet.x - BESIDE - width],
      ] as const)
    : [];
  // Level with the person, or as little above or below as leaves free what has to be.
  const past = free.flatMap((it) => [it.top - height, it.bottom]);
  const tops = [top, ...past.filter((it) => it >= EDGE && it <= lowest), EDGE, lowest];
  tops.sort((a, b) => Math.abs(a - top) - Math.abs(b - top));
  const fits = sides.filter(([, left]) => left >= EDGE && left <= rightmost);
  for (const at of tops) {
    const best = fits.find(([, left]) => covers(left, at) === 0);
    if (!best) continue;
    const y = Math.min(height - CORNER, Math.max(CORNER, level - at));
    const points = Math.abs(level - at - y) <= POINTS;
    return { left: best[1], top: at, nib: points ? { side: best[0], y } : null };
  }
  // Nowhere beside: as far right as nothing is covered, the person neither, without pointing at anybody.
  const body = feet ? [{ left: feet.x - 20, top: feet.y - 90, right: feet.x + 20, bottom: feet.y + 8 }] : [];
  for (const kept of [[...free, ...body], free])
    for (const at of tops)
      for (let left = rightmost; left >= EDGE; left -= EDGE)
        if (covers(left, at, kept) === 0) return { left, top: at, nib: null };
  return { left: clamp(fits[0]?.[1] ?? rightmost, rightmost), top, nib: null };
}
