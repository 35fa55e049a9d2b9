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
 * `POST /admin/assets/sprites/preview`: what `generate` would make, kept nowhere.
 */
export type SpritePreview = { 
/**
 * A PNG as a `data:` address.
 */
image: string, 
/**
 * How to cut it.
 */
metadata: Record<string, unknown>, };

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
export type RefusalCode = "invalid-payload" | "invalid-player-id" | "reserved-id" | "id-in-use" | "metadata-too-large" | "too-large" | "not-joined" | "empty-message" | "rate-limited" | "banned" | "muted" | "guests-not-allowed" | "pin-required" | "wrong-pin" | "world-full" | "forbidden" | "unavailable" | "unknown-event";

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
 * The moderator's words alone, where there are any.
 */
reason?: string, 
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
 * What `/admin/people` knows the author by; `null` for the server's own lines and old ones.
 */
person: PersonRef | null, 
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

/**
 * Body of `POST /admin/users`.
 */
export type CreateUserBody = { 
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
 * `user` when absent.
 */
role?: Role, };

/**
 * Body of `POST /admin/users/:id/password`.
 */
export type ResetPasswordBody = { 
/**
 * 8 to 200 characters.
 */
password: string | null, };

/**
 * One thing that not every role may do. Looking needs the role viewer and no right of its own.
 */
export type Right = "kick" | "warn" | "mute" | "ban" | "chat" | "reports" | "notes" | "announce" | "undo" | "kick-all" | "users" | "sprites" | "settings" | "logs" | "load-test";

/**
 * Who looks at the live feed.
 */
export type Me = { 
/**
 * A user id, or `local-host` for the desktop window.
 */
id: string, 
/**
 * The name others see.
 */
name: string, 
/**
 * At least viewer.
 */
role: Role, 
/**
 * What follows from the role.
 */
rights: Array<Right>, };

/**
 * `GET /admin/me`.
 */
export type MeAnswer = { 
/**
 * The account; `null` for the desktop window, which is the host without one.
 */
user: UserView | null, 
/**
 * At least viewer.
 */
role: Role, 
/**
 * Whether this is the desktop window.
 */
local: boolean, 
/**
 * What the role allows.
 */
rights: Array<Right>, };

/**
 * Who did something.
 */
export type Actor = { 
/**
 * A user id, `local-host` for the desktop window, `system` for the server itself, or a player
 * id for what a player did.
 */
id: string, 
/**
 * The name at the time of reading; the id when the account is gone.
 */
name: string, };

/**
 * One line of the audit log.
 *
 * ```json
 * {"id":"0190...","at":"2025-01-02T03:04:05.678Z","actor":{"id":"0b9f...","name":"Ana"},
 *  "action":"session.kick","subject":"7","subjectName":"Bo","details":{"reason":"shouting"},
 *  "undoable":false,"undoneAt":null}
 * ```
 */
export type ActionEntry = { 
/**
 * A UUID.
 */
id: string, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * Who did it.
 */
actor: Actor, 
/**
 * Area and verb, such as `session.kick` or `ban.create`.
 */
action: string, 
/**
 * Whom or what it concerns: an id.
 */
subject: string, 
/**
 * How people call the subject.
 */
subjectName: string | null, 
/**
 * What the action noted.
 */
details: Record<string, unknown>, 
/**
 * Whether `POST /admin/audit/{id}/undo` can take it back now.
 */
undoable: boolean, 
/**
 * When it was taken back, ISO 8601.
 */
undoneAt: string | null, };

/**
 * `{action}`: what an action answers when there is nothing more to say.
 */
export type ActionAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, };

/**
 * Answer of kick all: `{action, count}`.
 */
export type CountAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * Sessions it concerned, on all nodes.
 */
count: number, };

/**
 * Answer of an announcement: `{action, recipients}`.
 */
export type AnnouncementAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * Sockets it was sent to, on all nodes.
 */
recipients: number, };

/**
 * Answer of changing and of making an account: `{user, action}`.
 */
export type ChangedUserAnswer = { 
/**
 * As it is now.
 */
user: UserView, 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, };

/**
 * Answer of restoring a message: `{action, message}`.
 */
export type MessageAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * As it is now.
 */
message: ArchivedMessage, };

/**
 * `GET /admin/audit`.
 */
export type ActionList = { 
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
actions: Array<ActionEntry>, };

/**
 * What somebody is known by.
 */
export type PersonKind = "account" | "guest";

/**
 * Names one person, as in `/admin/people/{kind}/{subject}`.
 */
export type PersonRef = { 
/**
 * What the person is known by.
 */
kind: PersonKind, 
/**
 * An account's id or a guest's digest.
 */
subject: string, };

/**
 * A moderator's note about a person, seen by the administration only.
 */
export type Note = { 
/**
 * A UUID.
 */
id: string, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * Who wrote it.
 */
author: Actor, 
/**
 * 1 to 2000 characters.
 */
text: string, };

/**
 * `{note}`.
 */
export type NoteAnswer = { 
/**
 * As it is now.
 */
note: Note, };

/**
 * Body of `POST /admin/people/{kind}/{subject}/notes`.
 */
export type NoteBody = { 
/**
 * 1 to 2000 characters.
 */
text: string | null, };

/**
 * A warning somebody got.
 */
export type Warning = { 
/**
 * ISO 8601.
 */
at: string, 
/**
 * What the person read.
 */
message: string, 
/**
 * Who warned.
 */
by: Actor, };

/**
 * Somebody else who was seen under an address of this person.
 */
export type SameAddress = { 
/**
 * What they are known by.
 */
kind: PersonKind, 
/**
 * An account's id or a guest's digest.
 */
subject: string, 
/**
 * The last name they had.
 */
name: string, 
/**
 * ISO 8601.
 */
lastSeenAt: string, 
/**
 * Whether one of their sockets is open now.
 */
online: boolean, };

/**
 * Everything moderation knows about a person.
 */
export type PersonRecord = { 
/**
 * What the person is known by.
 */
kind: PersonKind, 
/**
 * An account's id or a guest's digest.
 */
subject: string, 
/**
 * The last name they had.
 */
name: string, 
/**
 * The account, if it is one that still exists.
 */
user: UserView | null, 
/**
 * ISO 8601; `null` when the person never joined, or was forgotten since.
 */
firstSeenAt: string | null, 
/**
 * ISO 8601.
 */
lastSeenAt: string | null, 
/**
 * Addresses the person used, newest first, at most 10.
 */
addresses: Array<string>, 
/**
 * Bans and mutes, newest first.
 */
sanctions: Array<Sanction>, 
/**
 * Newest first.
 */
warnings: Array<Warning>, 
/**
 * Newest first.
 */
notes: Array<Note>, 
/**
 * Reports about this person, newest first.
 */
reports: Array<Report>, 
/**
 * The last 20 messages, newest first.
 */
messages: Array<ArchivedMessage>, 
/**
 * Others seen under the same addresses, newest first, at most 20.
 */
sameAddress: Array<SameAddress>, };

/**
 * `{record}`.
 */
export type RecordAnswer = { 
/**
 * The record.
 */
record: PersonRecord, };

/**
 * What a ban or mute is about. A mute is never about an address.
 */
export type SanctionKind = "account" | "guest" | "address";

/**
 * Somebody who may not come in.
 */
export type Ban = { 
/**
 * A UUID.
 */
id: string, 
/**
 * What it is about.
 */
kind: SanctionKind, 
/**
 * An account's id, a guest's digest or an address.
 */
subject: string, 
/**
 * The name the subject had when it was banned.
 */
subjectName: string | null, 
/**
 * What the moderator wrote; may be empty.
 */
reason: string, 
/**
 * ISO 8601; `null` for good.
 */
until: string | null, 
/**
 * Who banned.
 */
createdBy: Actor, 
/**
 * ISO 8601.
 */
createdAt: string, 
/**
 * When it was lifted, ISO 8601.
 */
liftedAt: string | null, 
/**
 * Whether it holds now: neither lifted nor over.
 */
active: boolean, };

/**
 * Somebody who may not speak. The same fields as [`Ban`].
 */
export type Mute = { 
/**
 * A UUID.
 */
id: string, 
/**
 * What it is about.
 */
kind: PersonKind, 
/**
 * An account's id or a guest's digest.
 */
subject: string, 
/**
 * The name the subject had when it was muted.
 */
subjectName: string | null, 
/**
 * What the moderator wrote; may be empty.
 */
reason: string, 
/**
 * ISO 8601; `null` for good.
 */
until: string | null, 
/**
 * Who muted.
 */
createdBy: Actor, 
/**
 * ISO 8601.
 */
createdAt: string, 
/**
 * When it was lifted, ISO 8601.
 */
liftedAt: string | null, 
/**
 * Whether it holds now: neither lifted nor over.
 */
active: boolean, };

/**
 * A ban or a mute in a person's record, told apart by `type`.
 */
export type Sanction = { "type": "ban" } & Ban | { "type": "mute" } & Mute;

/**
 * Body of the kicks: `{reason?}`.
 */
export type KickBody = { 
/**
 * At most 500 characters; the player reads it.
 */
reason?: string, };

/**
 * Body of a warning and of an announcement.
 */
export type WordsBody = { 
/**
 * 1 to 500 characters; the player reads it.
 */
message: string | null, };

/**
 * Body of `POST /admin/sessions/{id}/mute`.
 */
export type MuteSessionBody = { 
/**
 * At most 500 characters; the player reads it.
 */
reason?: string, 
/**
 * 1 to 5 256 000; `null` for good.
 */
minutes: number | null, };

/**
 * Body of `POST /admin/mutes`.
 */
export type MuteBody = { 
/**
 * What it is about.
 */
kind: PersonKind, 
/**
 * An account's id or a guest's digest.
 */
subject: string | null, 
/**
 * At most 500 characters; the player reads it.
 */
reason?: string, 
/**
 * 1 to 5 256 000; `null` for good.
 */
minutes: number | null, };

/**
 * One subject of a ban.
 */
export type BanTarget = { 
/**
 * What it is about.
 */
kind: SanctionKind, 
/**
 * An account's id, a guest's digest or an address.
 */
subject: string | null, };

/**
 * Body of `POST /admin/bans`: either `sessionId` with `what`, or `subjects`.
 */
export type BanBody = { 
/**
 * A live session.
 */
sessionId?: string, 
/**
 * With `sessionId`: what of that session is banned. Its account or guest when absent.
 */
what?: Array<SanctionKind>, 
/**
 * Without `sessionId`: at most 20 subjects.
 */
subjects?: Array<BanTarget>, 
/**
 * At most 500 characters; the player reads it.
 */
reason?: string, 
/**
 * 1 to 5 256 000; `null` for good.
 */
minutes: number | null, };

/**
 * `{action, bans}`.
 */
export type BanAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * One for each subject.
 */
bans: Array<Ban>, };

/**
 * `{action, mute}`.
 */
export type MuteAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * As it is now.
 */
mute: Mute, };

/**
 * `GET /admin/bans`.
 */
export type BanList = { 
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
bans: Array<Ban>, };

/**
 * `GET /admin/mutes`.
 */
export type MuteList = { 
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
mutes: Array<Mute>, };

/**
 * `GET /admin/sessions/{id}/ban-preview`: what a ban of this session can be about.
 */
export type BanPreview = { 
/**
 * The account, when the session is logged in.
 */
account: Actor | null, 
/**
 * The guest, when it is not.
 */
guest: GuestPreview | null, 
/**
 * The address.
 */
address: AddressPreview | null, 
/**
 * Who else uses or used that address, newest first.
 */
sameAddress: Array<SameAddress>, };

/**
 * The guest a ban would be about.
 */
export type GuestPreview = { 
/**
 * A digest of the guest's secret.
 */
subject: string, 
/**
 * The player it holds.
 */
playerId: string | null, };

/**
 * The address a ban would be about.
 */
export type AddressPreview = { 
/**
 * The address.
 */
value: string, 
/**
 * This machine or a trusted proxy: it cannot be banned, everybody would be shut out.
 */
exempt: boolean, };

/**
 * What a socket is.
 */
export type SessionKind = "account" | "guest" | "bot";

/**
 * How a socket's frames travel now.
 */
export type TransportKind = "websocket" | "polling";

/**
 * A mute as a session list shows it.
 */
export type MutedUntil = { 
/**
 * The mute's id, for `DELETE /admin/mutes/{id}`.
 */
id: string, 
/**
 * ISO 8601; `null` for good.
 */
until: string | null, 
/**
 * What the moderator wrote; may be empty.
 */
reason: string, };

/**
 * One live socket.
 */
export type AdminSession = { 
/**
 * Our own connection id with its node, never the Socket.IO one.
 */
id: string, 
/**
 * The node that holds the socket.
 */
node: string, 
/**
 * What it is.
 */
kind: SessionKind, 
/**
 * With [`Self::kind`] what `/admin/people/{kind}/{subject}` knows the person by: an account's
 * id or a guest's digest.
 */
subject: string, 
/**
 * Whether it holds a player.
 */
joined: boolean, 
/**
 * The player it holds.
 */
playerId: string | null, 
/**
 * The player's name, or the account's when it only looks on.
 */
name: string | null, 
/**
 * The account's role.
 */
role: Role | null, 
/**
 * Where it comes from.
 */
address: string, 
/**
 * How its frames travel.
 */
transport: TransportKind, 
/**
 * Whether it reads batched updates.
 */
batch: boolean, 
/**
 * What its browser says it is, at most 200 characters.
 */
userAgent: string | null, 
/**
 * ISO 8601.
 */
connectedAt: string, 
/**
 * Since when it holds this player, ISO 8601.
 */
joinedAt: string | null, 
/**
 * When its last event came, ISO 8601.
 */
lastActiveAt: string, 
/**
 * Where the player stands.
 */
position: Position | null, 
/**
 * `metadata.mapId`.
 */
mapId: string | null, 
/**
 * `metadata.avatarId`.
 */
avatarId: string | null, 
/**
 * `metadata.sprite`.
 */
sprite: string | null, 
/**
 * Round trip of the last heartbeat in milliseconds; `null` where unknown (polling).
 */
pingMs: number | null, 
/**
 * The mute that holds now.
 */
muted: MutedUntil | null, 
/**
 * Warnings this person got.
 */
warnings: number, 
/**
 * Open reports about this person.
 */
openReports: number, };

/**
 * What changes all the time about a socket; replaces the same fields of its [`AdminSession`].
 */
export type SessionMove = { 
/**
 * Whose.
 */
id: string, 
/**
 * When its last event came, ISO 8601.
 */
lastActiveAt: string, 
/**
 * Where the player stands.
 */
position: Position | null, 
/**
 * Round trip of the last heartbeat in milliseconds; `null` where unknown (polling).
 */
pingMs: number | null, };

/**
 * `GET /admin/sessions`.
 */
export type SessionList = { 
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
sessions: Array<AdminSession>, };

/**
 * `GET /admin/sessions/{id}`.
 */
export type SessionDetail = { 
/**
 * The socket.
 */
session: AdminSession, 
/**
 * What is known about the person.
 */
record: PersonRecord, };

/**
 * Whether somebody looked at a report.
 */
export type ReportStatus = "open" | "resolved" | "dismissed";

/**
 * Somebody in a report, as they were when it was made.
 */
export type ReportedPlayer = { 
/**
 * The player.
 */
playerId: string, 
/**
 * The name it had.
 */
name: string, 
/**
 * What `/admin/people` knows the person by; `null` when the player was already gone.
 */
person: PersonRef | null, 
/**
 * A live session of that person now, if there is one.
 */
sessionId: string | null, };

/**
 * One report.
 */
export type Report = { 
/**
 * A UUID.
 */
id: string, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * Who reported.
 */
reporter: ReportedPlayer, 
/**
 * Who was reported.
 */
target: ReportedPlayer, 
/**
 * What the reporter wrote; may be empty.
 */
reason: string, 
/**
 * Whether somebody looked at it.
 */
status: ReportStatus, 
/**
 * Who closed it.
 */
closedBy: Actor | null, 
/**
 * ISO 8601.
 */
closedAt: string | null, 
/**
 * What the moderator noted when closing it.
 */
note: string | null, };

/**
 * `GET /admin/reports`.
 */
export type ReportList = { 
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
reports: Array<Report>, };

/**
 * Body of `PATCH /admin/reports/{id}`.
 */
export type ReportPatch = { 
/**
 * `open` opens it again.
 */
status: ReportStatus, 
/**
 * At most 500 characters.
 */
note?: string, };

/**
 * `{action, report}`.
 */
export type ReportAnswer = { 
/**
 * The line it left in the audit log.
 */
action: ActionEntry, 
/**
 * As it is now.
 */
report: Report, };

/**
 * One second of a node. Counts are of that second, the rest is as it was at its end.
 */
export type Sample = { 
/**
 * The end of the second, ISO 8601.
 */
at: string, 
/**
 * Players in the world.
 */
players: number, 
/**
 * Open sockets, joined or looking on.
 */
sockets: number, 
/**
 * Players who came in.
 */
joins: number, 
/**
 * Players who left.
 */
leaves: number, 
/**
 * Chat messages said.
 */
messages: number, 
/**
 * `player:update` events accepted.
 */
updates: number, 
/**
 * Changes of one player handed to another client.
 */
deliveries: number, 
/**
 * Updates replaced by a newer one before they were sent.
 */
coalesced: number, 
/**
 * Half of the flushes took at most this long; `null` without a flush.
 */
flushP50Ms: number | null, 
/**
 * 95 of 100 flushes.
 */
flushP95Ms: number | null, 
/**
 * 99 of 100 flushes.
 */
flushP99Ms: number | null, 
/**
 * From receiving an event to handing over its ack, 95 of 100; `null` without an event.
 */
ackP95Ms: number | null, 
/**
 * Share of one core this process used (over 100 with several).
 */
cpuPercent: number, 
/**
 * Resident memory of this process.
 */
memoryBytes: number, 
/**
 * Share of all cores in use on this machine.
 */
hostCpuPercent: number, 
/**
 * Share of this machine's memory in use.
 */
hostMemoryPercent: number, 
/**
 * Clients that were cut in this second because they could not keep up.
 */
slowClients: number, };

/**
 * `GET /admin/stats`.
 */
export type StatsAnswer = { 
/**
 * The newest sample.
 */
now: Sample, 
/**
 * One a second, oldest first, at most 300.
 */
history: Array<Sample>, };

/**
 * Whether a server takes players.
 */
export type ServerState = "running" | "draining";

/**
 * How this node stands to others of the same world.
 */
export type Cluster = "standalone" | "healthy" | "degraded" | "resyncing";

/**
 * About the server that answers.
 */
export type ServerInfo = { 
/**
 * The world's name.
 */
name: string, 
/**
 * Version of the server.
 */
version: string, 
/**
 * This node's id.
 */
node: string, 
/**
 * ISO 8601.
 */
startedAt: string, 
/**
 * Whether it takes players.
 */
state: ServerState, 
/**
 * The worst of all checks.
 */
health: HealthStatus, 
/**
 * Why it is degraded, as sentences.
 */
reasons: Array<string>, 
/**
 * How it stands to other nodes.
 */
cluster: Cluster, 
/**
 * Addresses to hand to players, best first.
 */
links: Array<string>, 
/**
 * Whether guests need the join PIN; hosts read it in the settings.
 */
pinRequired: boolean, 
/**
 * The world.
 */
world: WorldInfo, };

/**
 * One node of the world.
 */
export type NodeInfo = { 
/**
 * New at every start.
 */
id: string, 
/**
 * Where it listens; `null` where unknown.
 */
address: string | null, 
/**
 * Players whose sockets it holds.
 */
players: number, 
/**
 * Since its last sign of life, in milliseconds; `null` for a node alone.
 */
leaseAgeMs: number | null, 
/**
 * How far it is behind the others, in milliseconds; `null` for a node alone.
 */
lagMs: number | null, 
/**
 * Version of its server.
 */
version: string, 
/**
 * Whether it is the one that answers.
 */
self: boolean, };

/**
 * `GET /admin/nodes`.
 */
export type NodesAnswer = { 
/**
 * This node first.
 */
nodes: Array<NodeInfo>, };

/**
 * How much a line matters; ordered, the gravest first.
 */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/**
 * One line.
 */
export type LogLine = { 
/**
 * Grows by one with every line of this server, for `after`.
 */
seq: number, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * How much it matters.
 */
level: LogLevel, 
/**
 * The part of the program.
 */
target: string, 
/**
 * The sentence.
 */
message: string, 
/**
 * What belongs to it, by name.
 */
fields: { [key in string]: string }, };

/**
 * `GET /admin/logs`.
 */
export type LogList = { 
/**
 * Lines that match among those kept.
 */
total: number, 
/**
 * The page size in force.
 */
limit: number, 
/**
 * Oldest first: the newest `limit` that match.
 */
lines: Array<LogLine>, };

/**
 * `admin:logs` to the client.
 */
export type LogLines = { 
/**
 * Oldest first.
 */
lines: Array<LogLine>, 
/**
 * Lines left out because too many came at once.
 */
skipped: number, };

/**
 * `admin:logs` from the client: from now on lines of this level and graver ones, `null` for none.
 */
export type LogsRequest = { 
/**
 * `null` ends the lines.
 */
level: LogLevel | null, };

/**
 * What a setting's value is.
 */
export type SettingKind = "text" | "number" | "boolean" | "choice" | "minutes";

/**
 * Who set the value in force.
 */
export type SettingSource = "default" | "file" | "environment" | "flag" | "database";

/**
 * One setting.
 */
export type SettingView = { 
/**
 * Its name in the environment in lower case, such as `world_name`.
 */
key: string, 
/**
 * The value in force, of the type that `kind` says; `null` when there is none, or it is secret
 * and must not be shown.
 */
value: string | number | boolean | null, 
/**
 * The value when nobody sets it.
 */
default: string | number | boolean | null, 
/**
 * Who set it.
 */
source: SettingSource, 
/**
 * What the value is.
 */
kind: SettingKind, 
/**
 * The values a choice has.
 */
choices?: Array<string>, 
/**
 * Completes "it must be ...".
 */
accepts: string, 
/**
 * Never shown.
 */
secret: boolean, 
/**
 * Whether there is a value, also when it is secret.
 */
set: boolean, 
/**
 * Whether a host may change it here.
 */
editable: boolean, 
/**
 * Whether a change counts only after a restart.
 */
restart: boolean, 
/**
 * Under which heading it belongs.
 */
section: string, 
/**
 * One sentence.
 */
help: string, };

/**
 * `GET /admin/settings`, and the answer of `PATCH`.
 */
export type SettingsAnswer = { 
/**
 * Editable ones first, then by section.
 */
settings: Array<SettingView>, };

/**
 * Body of `PATCH /admin/settings`: values by key; `null` gives a setting back to file,
 * environment and default.
 */
export type SettingsPatch = { 
/**
 * At least one.
 */
values: Record<string, string | number | boolean | null>, };

/**
 * The 400 of `PATCH /admin/settings`: nothing was changed.
 */
export type SettingsRefusal = { 
/**
 * A sentence.
 */
message: string, 
/**
 * `invalid-settings`.
 */
code: string, 
/**
 * A sentence for each key that cannot be taken.
 */
fields: { [key in string]: string }, };

/**
 * What a link leads over.
 */
export type LinkKind = "public" | "network" | "name" | "local";

/**
 * What an address of the machine hangs on, as far as the name of its interface tells.
 */
export type LinkMedium = "wifi" | "cable" | "vpn" | "other";

/**
 * The first request that came over a link from another machine.
 */
export type Arrival = { 
/**
 * Where it came from.
 */
address: string, 
/**
 * When.
 */
at: string, };

/**
 * One way in.
 */
export type InviteLink = { 
/**
 * To read out, with a slash at its end.
 */
url: string, 
/**
 * What it leads over.
 */
kind: LinkKind, 
/**
 * For [`LinkKind::Network`].
 */
medium: LinkMedium | null, 
/**
 * The system's name of the interface, for [`LinkKind::Network`].
 */
interface: string | null, 
/**
 * Who proved first that it works.
 */
reachedBy: Arrival | null, };

/**
 * The system this server runs on, as far as its firewall is concerned.
 */
export type FirewallSystem = "linux" | "windows" | "macos" | "other";

/**
 * How the port is opened here.
 */
export type FirewallHint = { 
/**
 * The system.
 */
system: FirewallSystem, 
/**
 * To be typed on this machine; `None` when no firewall is known to be there.
 */
command: string | null, };

/**
 * Body of `GET /admin/invite`.
 */
export type Invite = { 
/**
 * Best first. Only [`LinkKind::Local`] when other machines cannot reach this server.
 */
links: Array<InviteLink>, 
/**
 * The port that is bound.
 */
port: number, 
/**
 * What to do when nobody gets in.
 */
firewall: FirewallHint, };

/**
 * `admin:state`.
 */
export type AdminState = { 
/**
 * The number of this state; the next change has the next one.
 */
seq: number, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * Who looks.
 */
me: Me, 
/**
 * The server that answers.
 */
server: ServerInfo, 
/**
 * All nodes, this one first.
 */
nodes: Array<NodeInfo>, 
/**
 * All sockets, of all nodes.
 */
sessions: Array<AdminSession>, 
/**
 * The last 50 messages, oldest first.
 */
chat: Array<ArchivedMessage>, 
/**
 * The newest sample.
 */
now: Sample, 
/**
 * One a second, oldest first, at most 300.
 */
history: Array<Sample>, 
/**
 * Reports nobody looked at.
 */
openReports: number, 
/**
 * The last 20 lines of the audit log, newest first.
 */
recentActions: Array<ActionEntry>, };

/**
 * `admin:changes`: only what changed since the one before.
 */
export type AdminChanges = { 
/**
 * One more than the one before; after a gap ask again with `admin:resync`.
 */
seq: number, 
/**
 * ISO 8601.
 */
at: string, 
/**
 * The looker's name or role changed.
 */
me?: Me, 
/**
 * The server changed.
 */
server?: ServerInfo, 
/**
 * The nodes changed: all of them.
 */
nodes?: Array<NodeInfo>, 
/**
 * New or changed sockets, each whole. Apply before `moved` and `gone`.
 */
sessions?: Array<AdminSession>, 
/**
 * Sockets of which only this changed, once a second.
 */
moved?: Array<SessionMove>, 
/**
 * Ids of sockets that are gone.
 */
gone?: Array<string>, 
/**
 * New messages, oldest first.
 */
chat?: Array<ArchivedMessage>, 
/**
 * Ids of messages that were removed.
 */
removedMessages?: Array<MessageId>, 
/**
 * Messages that were put back.
 */
restoredMessages?: Array<ArchivedMessage>, 
/**
 * Once a second.
 */
sample?: Sample, 
/**
 * Reports nobody looked at.
 */
openReports?: number, 
/**
 * New or changed reports.
 */
reports?: Array<Report>, 
/**
 * New or undone lines of the audit log, oldest first.
 */
actions?: Array<ActionEntry>, };

/**
 * Why a feed ended.
 */
export type EndedCode = "demoted" | "signed-out" | "shutdown" | "slow-consumer";

/**
 * `admin:ended`.
 */
export type AdminEnded = { 
/**
 * For programs.
 */
code: EndedCode, 
/**
 * A sentence.
 */
message: string, };

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
  chatRestored: "chat:restored",
  spritesAtlasUpdated: "sprites:atlasUpdated",
  moderationNotice: "moderation:notice",
  sessionTerminated: "session:terminated",
} as const;

/** Names of the events in the namespace of the administration. */
export const ADMIN_EVENTS = {
  state: "admin:state",
  changes: "admin:changes",
  resync: "admin:resync",
  logs: "admin:logs",
  ended: "admin:ended",
} as const;

/** Messages of `connect_error` in that namespace, by code. */
export const ADMIN_REFUSALS = {
  "unauthorized": "Log in to see the administration.",
  "forbidden": "Your account may not see the administration.",
  "unknown-host": "The administration does not answer under this name. Open it by an address of this machine, or add the name to ALLOWED_HOSTS and restart.",
  "unavailable": "The administration is not available right now. Try again in a moment.",
} as const;

/** The namespace of the administration. */
export const ADMIN_NAMESPACE = "/admin";
