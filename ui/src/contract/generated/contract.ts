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
 * The four layers of an avatar; `null` is "off".
 */
export type Appearance = { 
/**
 * Hair or hat.
 */
hair: string | null, 
/**
 * The face.
 */
face: string | null, 
/**
 * The clothes.
 */
outfit: string | null, 
/**
 * The shoes.
 */
shoes: string | null, };

/**
 * An account's avatar.
 *
 * ```json
 * {"id":"0190...","name":"Ana","description":null,
 *  "appearance":{"hair":"bun-umber","face":null,"outfit":null,"shoes":null},
 *  "spriteAssetId":"harbour-ana","sprite":"/static/sprites/harbour-ana.png?v=0a1b2c3d4e5f",
 *  "createdAt":"2025-01-02T03:04:05.678Z","updatedAt":"2025-01-02T03:04:05.678Z"}
 * ```
 */
export type Avatar = { 
/**
 * What `avatarId` names in a join.
 */
id: string, 
/**
 * The name a join uses when it brings none.
 */
name: string, 
/**
 * A sentence about the avatar.
 */
description: string | null, 
/**
 * What it wears.
 */
appearance: Appearance, 
/**
 * The sprite sheet it wears.
 */
spriteAssetId: string | null, 
/**
 * Path of that sheet's image.
 */
sprite: string | null, 
/**
 * ISO 8601.
 */
createdAt: string, 
/**
 * ISO 8601 time of the last change.
 */
updatedAt: string, };

/**
 * `{avatar}`, `null` before the first `PUT /avatars/me`.
 */
export type AvatarAnswer = { 
/**
 * The caller's avatar.
 */
avatar: Avatar | null, };

/**
 * Body of `PUT /avatars/me`: at least one field; a layer that is not named stays as it is.
 */
export type AvatarBody = { 
/**
 * Needed when the avatar is made.
 */
name?: string, 
/**
 * `null` clears it.
 */
description?: string | null, 
/**
 * `null` takes it off.
 */
spriteAssetId?: string | null, 
/**
 * Layers to change; `null` switches a layer off.
 */
appearance?: Partial<Appearance>, };

/**
 * `{total, limit, offset, assets}`.
 */
export type SpriteList = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Most that this page may hold.
 */
limit: number, 
/**
 * How many were skipped.
 */
offset: number, 
/**
 * In order of creation.
 */
assets: Array<Sprite>, };

/**
 * `{atlas}`.
 */
export type AtlasAnswer = { 
/**
 * The one the snapshot holds.
 */
atlas: SpriteAtlas, };

/**
 * `{sprite}`.
 */
export type SpriteAnswer = { 
/**
 * As it is now.
 */
sprite: Sprite, };

/**
 * JSON body of `POST /admin/assets/sprites`; the same names as multipart fields, where `image` is
 * the file and `metadata` JSON text.
 */
export type SpriteUpload = { 
/**
 * Shown to people.
 */
name: string | null, 
/**
 * A word such as `avatar` or `prop`.
 */
category: string | null, 
/**
 * A PNG as base64, with or without `data:image/png;base64,` before it.
 */
image: string | null, 
/**
 * How to cut the image; made from its size when absent.
 */
metadata?: Record<string, unknown>, };

/**
 * Body of `PATCH /admin/assets/sprites/{id}`: at least one field.
 */
export type SpritePatch = { 
/**
 * Shown to people.
 */
name?: string, 
/**
 * A word such as `avatar` or `prop`.
 */
category?: string, 
/**
 * Merges key by key; `null` takes a key away.
 */
metadata: Record<string, unknown>, };

/**
 * Body of `POST /admin/assets/sprites/generate`.
 */
export type SpriteOrder = { 
/**
 * Shown to people.
 */
name: string | null, 
/**
 * A word; `avatar` makes a sprite that people can wear.
 */
category: string | null, 
/**
 * `procedural`.
 */
generator?: "procedural", 
/**
 * Who is to be drawn, in English words.
 */
description?: string, };

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

/**
 * How well something works.
 */
export type HealthStatus = "ok" | "degraded";

/**
 * Where a server is in its life.
 */
export type Phase = "starting" | "ready" | "draining";

/**
 * What the link to the other nodes is doing.
 */
export type LinkState = "standalone" | "healthy" | "resyncing" | "degraded";

/**
 * The state of the link, and why.
 */
export type LinkStatus = { 
/**
 * What the link is doing.
 */
state: LinkState, 
/**
 * A sentence that says what to do, unless all is well.
 */
reason?: string, 
/**
 * The id of this node; absent when there is one node.
 */
node?: string, };

/**
 * A node as it describes itself to the others.
 */
export type NodeInfo = { 
/**
 * New at every start.
 */
id: string, 
/**
 * Where it listens.
 */
address: string, 
/**
 * Version of its server.
 */
version: string, 
/**
 * Players whose connections it holds.
 */
players: number, 
/**
 * How long its last beat took to come back, in milliseconds.
 */
lagMs: number, };

/**
 * `{"status":"ok","phase":"ready","version":"0.1.0","uptimeSeconds":61,"checks":{"database":"ok"},
 * "replication":{"state":"standalone"}}`
 */
export type HealthBody = { 
/**
 * The worst of all checks.
 */
status: HealthStatus, 
/**
 * Where the server is in its life.
 */
phase: Phase, 
/**
 * Version of the server.
 */
version: string, 
/**
 * Time since the start, in seconds.
 */
uptimeSeconds: number, 
/**
 * What was looked at, by name.
 */
checks: Record<string, HealthStatus>, 
/**
 * The link to the other nodes of this world.
 */
replication: LinkStatus, };

/**
 * Every REST error.
 */
export type ErrorBody = { 
/**
 * A sentence for the person in front of the screen.
 */
message: string, 
/**
 * For programs, in kebab case.
 */
code: string, };

/**
 * What an account may do. Ordered: every role may do what the ones before it may.
 */
export type Role = "user" | "viewer" | "moderator" | "host";

/**
 * An account as its owner and the administration see it. Holds nothing about its password.
 *
 * ```json
 * {"id":"0b9f...","username":"Ana","email":"ana@example.org","role":"user","isBanned":false,
 *  "suspensionUntil":null,"suspensionReason":null,"createdAt":"2025-01-02T03:04:05.678Z"}
 * ```
 */
export type UserView = { 
/**
 * A UUID, which is also the account's player id.
 */
id: string, 
/**
 * The name others see.
 */
username: string, 
/**
 * For logging in.
 */
email: string, 
/**
 * What the account may do.
 */
role: Role, 
/**
 * Whether the account is banned for good.
 */
isBanned: boolean, 
/**
 * Until when the account is suspended, ISO 8601; `null` when it is not.
 */
suspensionUntil: string | null, 
/**
 * What the moderator wrote.
 */
suspensionReason: string | null, 
/**
 * ISO 8601.
 */
createdAt: string, };

/**
 * `{user}`.
 */
export type UserAnswer = { 
/**
 * The account.
 */
user: UserView, };

/**
 * `{user: null | {...}}` of `GET /auth/session`.
 */
export type SessionAnswer = { 
/**
 * The account, if the caller is logged in.
 */
user: UserView | null, };

/**
 * `{user, token}` of register, login and a password change. The token is also set as a cookie.
 */
export type LoginAnswer = { 
/**
 * The account.
 */
user: UserView, 
/**
 * Good as `Authorization: Bearer` and as `auth.token` of the Socket.IO handshake.
 */
token: string, };

/**
 * Body of `POST /auth/register`, and with `token` of `POST /auth/setup`.
 */
export type RegisterBody = { 
/**
 * 1 to 40 characters after trimming.
 */
username: string | null, 
/**
 * Trimmed; compared without regard to case.
 */
email: string | null, 
/**
 * 8 to 200 characters.
 */
password: string | null, 
/**
 * The guest token of a client that keeps no cookies.
 */
guestToken?: string, 
/**
 * Only for the first host: the one-time token of the setup link.
 */
token?: string, };

/**
 * Body of `POST /auth/login`.
 */
export type LoginBody = { 
/**
 * Trimmed; compared without regard to case.
 */
email: string | null, 
/**
 * As registered.
 */
password: string | null, 
/**
 * The guest token of a client that keeps no cookies.
 */
guestToken?: string, };

/**
 * Body of `POST /auth/password`.
 */
export type ChangePasswordBody = { 
/**
 * The password that holds now.
 */
currentPassword: string | null, 
/**
 * 8 to 200 characters.
 */
newPassword: string | null, };

/**
 * Body of `DELETE /auth/me`.
 */
export type DeleteAccountBody = { 
/**
 * The account's password.
 */
password: string | null, };

/**
 * Body of `PATCH /admin/users/:id`: only what it carries changes.
 */
export type UserPatch = { 
/**
 * `user`, `viewer`, `moderator`, `host`, or `admin` for host.
 */
role?: string, 
/**
 * Ban for good, or lift that.
 */
isBanned?: boolean, 
/**
 * ISO 8601; `null` lifts the suspension.
 */
suspensionUntil?: string | null, 
/**
 * Shown to the suspended or banned person; `null` clears it.
 */
suspensionReason?: string | null, };

/**
 * `GET /admin/users`.
 */
export type UserList = { 
/**
 * How many match the search.
 */
total: number, 
/**
 * The page size in force.
 */
limit: number, 
/**
 * How many were skipped.
 */
offset: number, 
/**
 * Newest first.
 */
users: Array<UserView>, };

/**
 * Whether players may still see a message.
 */
export type MessageStatus = "visible" | "removed";

/**
 * A chat message with what moderation knows about it.
 */
export type ArchivedMessage = { 
/**
 * `visible` or `removed`.
 */
status: MessageStatus, 
/**
 * When it was removed, ISO 8601.
 */
removedAt: string | null, 
/**
 * Who removed it: a user id, or `local-host` for the desktop window.
 */
removedBy: string | null, 
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
 * `GET /admin/messages`.
 */
export type MessageList = { 
/**
 * How many match.
 */
total: number, 
/**
 * The page size in force.
 */
limit: number, 
/**
 * How many were skipped.
 */
offset: number, 
/**
 * Newest first.
 */
messages: Array<ArchivedMessage>, };

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
