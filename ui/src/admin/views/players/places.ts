/** What the view of players lists: those who are connected, by segments, or the visits that ended today. */
import { SEGMENTS, type Segment } from "./arrange";

export const PLACES = [...SEGMENTS, "ended"] as const satisfies readonly (Segment | "ended")[];

export type Place = (typeof PLACES)[number];
