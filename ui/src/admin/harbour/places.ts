/** Names for the corners of the built-in map, to say where somebody is and to count who is where. Pure. */
import type { Position } from "../../contract/generated/contract";

export const PLACES = ["plaza", "market", "terrace", "jetty", "lighthouse", "green"] as const;
export type Place = (typeof PLACES)[number];

/** Where a place's name stands on the map, in world units; the green has none, it is everywhere else. */
export const PLACE_SPOTS: Readonly<
  Record<Exclude<Place, "green">, { readonly x: number; readonly z: number }>
> = {
  plaza: { x: 3.2, z: -2.6 },
  market: { x: -8.6, z: -1.9 },
  terrace: { x: 3.6, z: -7 },
  jetty: { x: 3, z: 8.7 },
  lighthouse: { x: 14.6, z: 3.8 },
};

const PLAZA_RADIUS = 4.8;

export function placeOf({ x, z }: Pick<Position, "x" | "z">): Place {
  if (x >= 10.5) return "lighthouse";
  if (z >= 7.5) return "jetty";
  if (z <= -7.5) return "terrace";
  if (Math.hypot(x, z) <= PLAZA_RADIUS) return "plaza";
  if (x <= -4 && z <= -1.2 && z >= -5.5) return "market";
  return "green";
}

/** A place with fewer than this share of everybody is not worth a name on the map. */
const LEAST_SHARE = 0.02;

/** Places to name on the map with how many are there, in the order of the map; the green has no spot of its own. */
export function labelledPlaces(
  positions: readonly Pick<Position, "x" | "z">[],
): readonly (readonly [keyof typeof PLACE_SPOTS, number])[] {
  const counts = countPlaces(positions);
  const places = Object.keys(PLACE_SPOTS) as (keyof typeof PLACE_SPOTS)[];
  return places
    .map((place) => [place, counts.get(place) ?? 0] as const)
    .filter(([, count]) => count > 0 && count >= positions.length * LEAST_SHARE);
}

export function countPlaces(positions: Iterable<Pick<Position, "x" | "z">>): ReadonlyMap<Place, number> {
  const counts = new Map<Place, number>();
  for (const position of positions) {
    const place = placeOf(position);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}
