/**
 * Where bubbles go so that none covers another. Pure geometry, in device pixels.
 */

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a bubble may not leave, and what it may not cover. */
export interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly taken: readonly Placed[];
}

/** Pushed up this often, a bubble has found its place or there is none. */
const PUSHES = 8;

/**
 * Moves boxes into the room and apart: the lowest stays, what would cover another is pushed up. The answer is in the
 * order of the question.
 */
export function placeApart(boxes: readonly Placed[], room: Room): readonly Placed[] {
  const order = boxes.map((_, i) => i).sort((a, b) => (boxes[b]?.y ?? 0) - (boxes[a]?.y ?? 0));
  const taken = [...room.taken];
  const placed = new Map<number, Placed>();
  for (const i of order) {
    const box = boxes[i];
    if (!box) continue;
    let place = { ...box, x: Math.max(room.left, Math.min(room.right - box.width, box.x)) };
    for (let push = 0; push < PUSHES; push++) {
      const hit = taken.find((other) => overlap(place, other));
      if (!hit) break;
      place = { ...place, y: hit.y - place.height };
    }
    place = { ...place, y: Math.max(room.top, place.y) };
    placed.set(i, place);
    taken.push(place);
  }
  return boxes.map((box, i) => placed.get(i) ?? box);
}

function overlap(a: Placed, b: Placed): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
