/**
 * Which event of the wire becomes which event of the world. A table: what cannot be read becomes nothing.
 *
 * Batches, packed events and the end of a session are missing here, because they concern the connection as well as the world.
 */
import type { ServerToClientEvents } from "../contract/index.js";
import {
  parseAtlas,
  parseMood,
  parseNotice,
  parsePatch,
  parsePinned,
  parsePlayer,
  parseSnapshot,
  parseStaff,
} from "./parse.js";
import { shaped } from "./shaped.js";
import type { MirrorEvent } from "./world-context.js";

function reading<T, E>(parse: (payload: unknown) => T | undefined, event: (value: T) => E) {
  return (payload: unknown): E | undefined => {
    const value = parse(payload);
    return value === undefined ? undefined : event(value);
  };
}

/** What is shown for a moment and kept nowhere: it changes no mirror. */
export type PassingEvent = { readonly type: "emoted"; readonly id: string; readonly name: string };

export const PASSING = {
  "player:emoted": reading(shaped("player:emoted"), (emoted) => ({ type: "emoted", ...emoted })),
} satisfies { [Name in keyof ServerToClientEvents]?: (payload: unknown) => PassingEvent | undefined };

/** What happens in the world. */
export type WorldEvent = MirrorEvent | PassingEvent;

type OutsideFeed = keyof typeof PASSING | "players:updated" | "events:packed" | "session:terminated";

export const FEED: Readonly<
  Record<Exclude<keyof ServerToClientEvents, OutsideFeed>, (payload: unknown) => MirrorEvent | undefined>
> = {
  "world:state": reading(parseSnapshot, (snapshot) => ({ type: "snapshot", snapshot })),
  "world:staff": reading(parseStaff, (staff) => ({ type: "staff", staff })),
  "world:mood": reading(parseMood, (mood) => ({ type: "mood", mood })),
  "world:pinned": reading(parsePinned, (pinned) => ({ type: "pinned", pinned })),
  "player:joined": reading(parsePlayer, (player) => ({ type: "joined", player })),
  "player:updated": reading(parsePatch, (patch) => ({ type: "updated", patches: [patch] })),
  "player:left": reading(shaped("player:left"), ({ id }) => ({ type: "left", id })),
  "chat:message": reading(shaped("chat:message"), (message) => ({ type: "chat", message })),
  "chat:restored": reading(shaped("chat:restored"), (message) => ({ type: "chatRestored", message })),
  "chat:removed": reading(shaped("chat:removed"), ({ id }) => ({ type: "chatRemoved", id })),
  "sprites:atlasUpdated": reading(parseAtlas, (atlas) => ({ type: "atlas", atlas })),
  "moderation:notice": reading(parseNotice, (notice) => ({ type: "notice", notice })),
};
