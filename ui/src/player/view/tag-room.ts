/**
 * Which name tags are shown in a crowd: those that do not cover one another. Pure geometry, in device pixels.
 *
 * Whoever had a tag keeps it until it is truly covered, and a new one appears only where there is clear room: tags do
 * not flicker while people walk past each other.
 */
import type { Placed } from "./apart";

export interface TagWish {
  readonly id: string;
  readonly box: Placed;
  /** Comes before the others, and is shown in any case. */
  readonly first: boolean;
}

/** How far a shown tag may be covered, as a share of its height; a new one keeps this distance. */
const PLAY = 0.25;

/** The ids of the tags to show. `had` are those of the frame before. */
export function tagsWithRoom(wishes: readonly TagWish[], had: ReadonlySet<string>): ReadonlySet<string> {
  const shown = new Set<string>();
  const rows = new Map<number, Placed[]>();
  const height = wishes[0]?.box.height ?? 1;
  const take = ({ id, box }: TagWish) => {
    shown.add(id);
    const row = Math.floor(box.y / height);
    const taken = rows.get(row);
    if (taken) taken.push(box);
    else rows.set(row, [box]);
  };
  const isFree = ({ box }: TagWish, play: number) => {
    const row = Math.floor(box.y / height);
    for (let near = row - 2; near <= row + 2; near++) {
      for (const other of rows.get(near) ?? []) if (touches(box, other, play * height)) return false;
    }
    return true;
  };
  for (const wish of wishes) if (wish.first) take(wish);
  for (const wish of wishes) if (!wish.first && had.has(wish.id) && isFree(wish, -PLAY)) take(wish);
  for (const wish of wishes) if (!wish.first && !had.has(wish.id) && isFree(wish, PLAY)) take(wish);
  return shown;
}

/** `gap` is the distance that still counts as touching; below 0 they must overlap by so much. */
function touches(a: Placed, b: Placed, gap: number): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}
