/**
 * Which event of the wire becomes which event of the mirror. A table: what cannot be read becomes nothing.
 *
 * Batches and the end of a session are missing here, because they concern the connection as well as the world.
 */
import type { ServerToClientEvents } from "../contract";
import {
  parseAtlas,
  parseChatMessage,
  parseEmoted,
  parseId,
  parseNotice,
  parsePatch,
  parsePlayer,
  parseSnapshot,
} from "./parse";
import type { WorldEvent } from "./world-context";

type Read = (payload: unknown) => WorldEvent | undefined;

function reading<T>(parse: (payload: unknown) => T | undefined, event: (value: T) => WorldEvent): Read {
  return (payload) => {
    const value = parse(payload);
    return value === undefined ? undefined : event(value);
  };
}

export const FEED: Readonly<
  Record<Exclude<keyof ServerToClientEvents, "players:updated" | "session:terminated">, Read>
> = {
  "world:state": reading(parseSnapshot, (snapshot) => ({ type: "snapshot", snapshot })),
  "player:joined": reading(parsePlayer, (player) => ({ type: "joined", player })),
  "player:updated": reading(parsePatch, (patch) => ({ type: "updated", patches: [patch] })),
  "player:emoted": reading(parseEmoted, (emoted) => ({ type: "emoted", ...emoted })),
  "player:left": reading(parseId, (id) => ({ type: "left", id })),
  "chat:message": reading(parseChatMessage, (message) => ({ type: "chat", message })),
  "chat:restored": reading(parseChatMessage, (message) => ({ type: "chatRestored", message })),
  "chat:removed": reading(parseId, (id) => ({ type: "chatRemoved", id })),
  "sprites:atlasUpdated": reading(parseAtlas, (atlas) => ({ type: "atlas", atlas })),
  "moderation:notice": reading(parseNotice, (notice) => ({ type: "notice", notice })),
};
