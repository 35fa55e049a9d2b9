// Generated from server-core/src/protocol. Do not edit: run
// `UPDATE_CONTRACT=1 cargo test -p server-core contract` after changing a type there.

/**
 * The public name of one player in the world, unique while it is held.
 *
 * Trimmed, 1 to 128 characters, free of control and zero-width characters; constructed by
 * `payload::player_id` from a client's text or by
 * [`PlayerId::trusted`] from a value the server made itself. Cheap to clone.
 */
export type PlayerId = string;

/**
 * Identifies one chat message, unique across restarts and nodes.
 */
export type MessageId = string;

/**
 * A place in the world, in tiles: x to the right, z towards the viewer, y up. Always finite.
 */
export type Position = { 
/**
 * To the right.
 */
x: number, 
/**
 * Height.
 */
y: number, 
/**
 * Towards the viewer.
 */
z: number, };

/**
 * One player, exactly the keys the contract names.
 *
 * ```json
 * {"id":"ana","name":"Ana","position":{"x":1,"y":0,"z":2},"animation":"idle","metadata":{}}
 * ```
 */
export type Player = { 
/**
 * Unique while held.
 */
id: PlayerId, 
/**
 * At most 100 characters; `Player <id>` when none was given.
 */
name: string, 
/**
 * Where the player stands.
 */
position: Position, 
/**
 * At most 64 characters; `idle` by default.
 */
animation: string, 
/**
 * Open data, at most 4096 bytes of JSON.
 */
metadata: Record<string, unknown>, };

/**
 * A chat message as sent to every socket, the sender included.
 */
export type ChatMessage = { 
/**
 * Unique across restarts.
 */
id: MessageId, 
/**
 * Who said it, from the session and never from the payload.
 */
playerId: string, 
/**
 * The speaker's name at that moment.
 */
author: string, 
/**
 * 1 to 500 characters, trimmed, without control characters.
 */
content: string, 
/**
 * When the server received it, ISO 8601 in UTC with milliseconds.
 */
timestamp: string, };

/**
 * One sprite sheet that a player may wear.
 */
export type Sprite = { 
/**
 * Stable id, the one `metadata.spriteAssetId` names.
 */
id: string, 
/**
 * Shown to people.
 */
name: string, 
/**
 * A free word such as `avatar` or `prop`.
 */
category: string, 
/**
 * Path of the image under `/static`, same origin as the gateway.
 */
imageUrl: string, 
/**
 * How to cut the sheet: `{frameWidth, frameHeight, rows, framesPerRow}` and anything else.
 */
metadata: Record<string, unknown>, 
/**
 * ISO 8601.
 */
createdAt: string, };

/**
 * All sprites of the world, by list and by id.
 */
export type SpriteAtlas = { 
/**
 * Grows by one with every change.
 */
version: number, 
/**
 * ISO 8601 time of the last change.
 */
updatedAt: string, 
/**
 * In order of creation.
 */
sprites: Array<Sprite>, 
/**
 * The same sprites by id.
 */
lookup: { [key in string]: Sprite }, };

/**
 * What a world says about itself.
 */
export type WorldInfo = { 
/**
 * Stable id of this world.
 */
id: string, 
/**
 * The name the host gave it.
 */
name: string, 
/**
 * One sentence.
 */
description: string, };

/**
 * `world:state`: what a socket gets first, and what a join's ack carries as `state`.
 */
export type Snapshot = { 
/**
 * About the world.
 */
world: WorldInfo, 
/**
 * Everybody who is in, in no particular order.
 */
players: Array<Player>, 
/**
 * The last 50 messages, oldest first.
 */
chat: Array<ChatMessage>, 
/**
 * All sprites.
 */
spriteAtlas: SpriteAtlas, };

/**
 * Why an event was refused, in kebab case on the wire.
 */
export type RefusalCode = "invalid-payload" | "invalid-player-id" | "reserved-id" | "id-in-use" | "metadata-too-large" | "too-large" | "not-joined" | "empty-message" | "rate-limited" | "banned" | "muted" | "guests-not-allowed" | "pin-required" | "world-full" | "unavailable" | "unknown-event";

/**
 * Wire form of [`Refusal`].
 */
export type RefusalAck = { 
/**
 * `false`.
 */
ok: false, 
/**
 * A sentence for the player.
 */
message: string, 
/**
 * For programs.
 */
code: RefusalCode, 
/**
 * Until when it holds, where known.
 */
until?: string, };

/**
 * Ack of `player:join`.
 */
export type JoinAck = { 
/**
 * `true`.
 */
ok: true, 
/**
 * The world right after the join.
 */
state: Snapshot, 
/**
 * The player as it now is.
 */
player: Player, 
/**
 * The guest's secret, for clients that keep no cookies; only ever sent to its owner.
 */
guestToken?: string, };

/**
 * Ack of `player:update`.
 */
export type UpdateAck = { 
/**
 * `true`.
 */
ok: true, 
/**
 * The player as it now is.
 */
player: Player, };

/**
 * Ack of `chat:message`.
 */
export type ChatAck = { 
/**
 * `true`.
 */
ok: true, 
/**
 * The message as everybody gets it.
 */
message: ChatMessage, };

/**
 * Ack of `player:leave` and `player:report`.
 */
export type DoneAck = { 
/**
 * `true`.
 */
ok: true, };

/**
 * Why a session was ended by the server.
 */
export type TerminationCode = "duplicate" | "kicked" | "banned" | "shutdown" | "slow-consumer" | "flooding" | "idle";

/**
 * `session:terminated`: the last event of a session; the connection closes next.
 */
export type SessionTerminated = { 
/**
 * What a moderator wrote, or the same sentence as `message`.
 */
reason: string, 
/**
 * For programs.
 */
code: TerminationCode, 
/**
 * A sentence for the player.
 */
message: string, 
/**
 * Until when the door stays closed, ISO 8601; absent when that is not known or for good.
 */
until?: string, };

/**
 * What a [`ModerationNotice`] is about.
 */
export type NoticeKind = "warned" | "muted" | "unmuted" | "announcement";

/**
 * `moderation:notice`.
 */
export type ModerationNotice = { 
/**
 * What it is about.
 */
kind: NoticeKind, 
/**
 * A sentence for the player.
 */
message: string, 
/**
 * Until when a mute holds, ISO 8601.
 */
until?: string, };

/** Names of the events on the wire. */
export const EVENTS = {
  playerJoin: "player:join",
  playerUpdate: "player:update",
  playerLeave: "player:leave",
  playerReport: "player:report",
  chatMessage: "chat:message",
  worldState: "world:state",
  playerJoined: "player:joined",
  playerUpdated: "player:updated",
  playersUpdated: "players:updated",
  playerLeft: "player:left",
  chatRemoved: "chat:removed",
  spritesAtlasUpdated: "sprites:atlasUpdated",
  moderationNotice: "moderation:notice",
  sessionTerminated: "session:terminated",
} as const;
