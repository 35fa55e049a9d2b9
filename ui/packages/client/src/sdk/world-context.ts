/**
 * `WorldContext`: the client's mirror of the world, as a pure reducer `(mirror, event) => mirror`.
 *
 * No sockets, clock or randomness; every mirror is immutable, and an event that changes nothing returns the mirror it
 * was given, so a page may compare by identity. Merge rules are the contract's (DESIGN section 1, "Merging").
 */
import type {
  ChatMessage,
  Metadata,
  ModerationNotice,
  Mood,
  PinnedAnnouncement,
  Player,
  PlayerPatch,
  SessionTerminated,
  Snapshot,
  SpriteAtlas,
  StaffMember,
  StaffRole,
  WorldInfo,
} from "../contract/index.js";
import { isBot } from "./bot.js";
import { fieldsOf, own } from "./fields.js";
import { NO_SPRITES, wholePlayer } from "./parse.js";

/** Lines of chat a client keeps; the server keeps the last 50. From the contract. */
export const CHAT_LINES_KEPT = 200;

export interface WorldMirror {
  /** `null` until the first snapshot. */
  readonly world: WorldInfo | null;
  readonly players: ReadonlyMap<string, Player>;
  /** Who looks after the world, of those who are in, by the player's id. Nothing else says so of anybody. */
  readonly staff: ReadonlyMap<string, StaffRole>;
  /** Oldest first. */
  readonly chat: readonly ChatMessage[];
  readonly atlas: SpriteAtlas;
  /** The newest word from a moderator. */
  readonly notice: ModerationNotice | null;
  /** Set once, by the server's last event. */
  readonly ended: SessionTerminated | null;
}

/** What changes the mirror. */
export type MirrorEvent =
  | { readonly type: "snapshot"; readonly snapshot: Snapshot }
  | { readonly type: "staff"; readonly staff: readonly StaffMember[] }
  | { readonly type: "mood"; readonly mood: Mood }
  /** What stands above the chat from now on; `null` for nothing. */
  | { readonly type: "pinned"; readonly pinned: PinnedAnnouncement | null }
  | { readonly type: "joined"; readonly player: Player }
  /** The visitor itself came in: nobody says so but the answer to its join. */
  | { readonly type: "entered"; readonly player: Player }
  | { readonly type: "updated"; readonly patches: readonly PlayerPatch[] }
  | { readonly type: "left"; readonly id: string }
  | { readonly type: "chat"; readonly message: ChatMessage }
  | { readonly type: "chatRemoved"; readonly id: string }
  | { readonly type: "chatRestored"; readonly message: ChatMessage }
  | { readonly type: "atlas"; readonly atlas: SpriteAtlas }
  | { readonly type: "notice"; readonly notice: ModerationNotice }
  | { readonly type: "ended"; readonly ended: SessionTerminated };

export const EMPTY_MIRROR: WorldMirror = {
  world: null,
  players: new Map(),
  staff: new Map(),
  chat: [],
  atlas: NO_SPRITES,
  notice: null,
  ended: null,
};

export function reduceWorld(mirror: WorldMirror, event: MirrorEvent): WorldMirror {
  switch (event.type) {
    case "snapshot":
      return {
        ...mirror,
        world: event.snapshot.world,
        players: new Map(event.snapshot.players.map((player) => [player.id, player])),
        staff: rolesOf(event.snapshot.world.staff ?? []),
        chat: chatAfterSnapshot(mirror, event.snapshot),
        atlas: event.snapshot.spriteAtlas,
      };
    case "staff":
      return { ...mirror, staff: rolesOf(event.staff) };
    case "mood":
      if (!mirror.world || mirror.world.mood === event.mood) return mirror;
      return { ...mirror, world: { ...mirror.world, mood: event.mood } };
    case "pinned": {
      if (!mirror.world) return mirror;
      const { pinned: _, ...world } = mirror.world;
      return { ...mirror, world: event.pinned ? { ...world, pinned: event.pinned } : world };
    }
    case "entered":
    case "joined":
      return { ...mirror, players: new Map(mirror.players).set(event.player.id, event.player) };
    case "updated":
      return withPatches(mirror, event.patches);
    case "left": {
      if (!mirror.players.has(event.id)) return mirror;
      const players = new Map(mirror.players);
      players.delete(event.id);
      return { ...mirror, players };
    }
    case "chat":
      if (mirror.chat.some((line) => line.id === event.message.id)) return mirror;
      return { ...mirror, chat: [...mirror.chat, event.message].slice(-CHAT_LINES_KEPT) };
    case "chatRemoved": {
      const chat = mirror.chat.filter((line) => line.id !== event.id);
      return chat.length === mirror.chat.length ? mirror : { ...mirror, chat };
    }
    case "chatRestored":
      return { ...mirror, chat: chatWithRestored(mirror.chat, event.message) };
    case "atlas":
      return { ...mirror, atlas: event.atlas };
    case "notice":
      return { ...mirror, notice: event.notice };
    case "ended":
      return mirror.ended ? mirror : { ...mirror, ended: event.ended };
  }
}

const rolesOf = (staff: readonly StaffMember[]): ReadonlyMap<string, StaffRole> =>
  new Map(staff.map(({ id, role }) => [id, role]));

/** How many people are in, also where the world is closed to this client and shows none of them. */
export function headCount({ world, players }: WorldMirror): number {
  if (world?.playersOnline !== undefined) return world.playersOnline;
  let people = 0;
  for (const player of players.values()) if (!isBot(player)) people += 1;
  return people;
}

/**
 * A snapshot's 50 lines replace everything since its first line; what is older stays. Lines removed while this client
 * was away lie inside the snapshot's span, so they do not come back. A closed world shows no chat: what was
 * read before a reconnect is there again when it opens.
 */
function chatAfterSnapshot(mirror: WorldMirror, snapshot: Snapshot): readonly ChatMessage[] {
  if (snapshot.world.playersOnline !== undefined) return mirror.chat;
  const lines = [...new Map(snapshot.chat.map((line) => [line.id, line])).values()];
  const first = lines[0];
  if (!first || mirror.world?.id !== snapshot.world.id) return lines;
  const fresh = new Set(lines.map((line) => line.id));
  const older = mirror.chat.filter((line) => isEarlier(line, first) && !fresh.has(line.id));
  return [...older, ...lines].slice(-CHAT_LINES_KEPT);
}

/** Lines of one millisecond are told apart by their ids, which grow with time. */
const isEarlier = (a: ChatMessage, b: ChatMessage): boolean =>
  a.timestamp === b.timestamp ? a.id < b.id : a.timestamp < b.timestamp;

/** Back in its place by its time; one older than everything kept stays away. */
function chatWithRestored(chat: readonly ChatMessage[], message: ChatMessage): readonly ChatMessage[] {
  const others = chat.filter((line) => line.id !== message.id);
  const later = others.findIndex((line) => isEarlier(message, line));
  const place = later < 0 ? others.length : later;
  return [...others.slice(0, place), message, ...others.slice(place)].slice(-CHAT_LINES_KEPT);
}

/** Of an unknown player only a whole one is believed: a part alone would make a ghost without a name. */
function withPatches(mirror: WorldMirror, patches: readonly PlayerPatch[]): WorldMirror {
  const players = new Map(mirror.players);
  let changed = false;
  for (const patch of patches) {
    const known = players.get(patch.id);
    if (!known && !isWhole(patch)) continue;
    players.set(patch.id, known && !patch.whole ? mergePlayer(known, patch) : wholePlayer(patch));
    changed = true;
  }
  return changed ? { ...mirror, players } : mirror;
}

function isWhole({ whole, name, position, animation, metadata }: PlayerPatch): boolean {
  return whole === true || (name !== undefined && !!position && animation !== undefined && !!metadata);
}

/** An update changes only what it carries. */
export function mergePlayer(player: Player, patch: PlayerPatch): Player {
  return {
    id: player.id,
    name: patch.name ?? player.name,
    position: patch.position ?? player.position,
    animation: patch.animation ?? player.animation,
    metadata: patch.metadata ? mergeMetadata(player.metadata, patch.metadata) : player.metadata,
  };
}

/**
 * Key by key, `appearance` key by key inside it; `null` stays `null`. Spread defines own properties, so a key named
 * `__proto__` is data like any other.
 */
export function mergeMetadata(before: Metadata, change: Metadata): Metadata {
  const merged = { ...before, ...change };
  const looks = fieldsOf(own(change, "appearance"));
  const lookedBefore = fieldsOf(own(before, "appearance"));
  return looks && lookedBefore ? { ...merged, appearance: { ...lookedBefore, ...looks } } : merged;
}
