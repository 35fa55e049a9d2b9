/** Who is in which corner of a map, and which corners are worth a name on it. Pure. */
import type { MapArea, Spot } from "@comutiny/client/contract";
import type { Terrain } from "../../player/map/terrain";

/** A corner with fewer than this share of everybody is not worth a name on the map. */
const LEAST_SHARE = 0.02;

/** A name on the map: where it stands, and how many are there. */
export interface LabelledPlace {
  readonly name: string;
  readonly at: Spot;
  readonly count: number;
}

/** Corners to name on the map, in its order; those without a spot for a name have none. */
export function labelledPlaces(terrain: Terrain, spots: readonly Spot[]): readonly LabelledPlace[] {
  const counts = countPlaces(terrain, spots);
  return terrain.areas
    .flatMap(({ name, label }: MapArea) => (label ? [{ name, at: label, count: counts.get(name) ?? 0 }] : []))
    .filter(({ count }) => count > 0 && count >= spots.length * LEAST_SHARE);
}

export function countPlaces(terrain: Terrain, spots: Iterable<Spot>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const spot of spots) {
    const place = terrain.areaAt(spot);
    if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}
