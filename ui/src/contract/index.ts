/**
 * The wire contract as the pages see it: event names, payloads, acks. Types only, nothing runs here.
 *
 * It must not know sockets, pages or storage. What arrives is `unknown` until `sdk/parse` has looked at it; these types
 * describe what it may become.
 */

/** World units are tiles: x to the right, z towards the viewer, y up. */
export interface Position {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Free-form JSON kept by the server; `appearance` inside it merges key by key. */
export type Metadata = Readonly<Record<string, unknown>>;

export interface Player {
  readonly id: string;
  readonly name: string;
  readonly position: Position;
  readonly animation: string;
  readonly metadata: Metadata;
}

export interface ChatMessage {
  readonly id: string;
  readonly playerId: string;
  readonly author: string;
  readonly content: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

export interface Sprite {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly imageUrl: string;
  readonly metadata: Metadata;
  readonly createdAt: string;
}

export interface SpriteAtlas {
  readonly version: number;
  readonly updatedAt: string;
  readonly sprites: readonly Sprite[];
  readonly lookup: ReadonlyMap<string, Sprite>;
}

export interface WorldInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface Snapshot {
  readonly world: WorldInfo;
  readonly players: readonly Player[];
  readonly chat: readonly ChatMessage[];
  readonly spriteAtlas: SpriteAtlas;
}

/** The codes of `session:terminated` the contract names; a newer server may send others. */
export type TerminationCode =
  | "duplicate"
  | "kicked"
  | "banned"
  | "shutdown"
  | "slow-consumer"
  | "flooding"
  | "idle";

export interface SessionTerminated {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  /** ISO 8601; only where a sanction ends by itself. */
  readonly until?: string;
}

export type NoticeKind = "warned" | "muted" | "unmuted" | "announcement";

export interface ModerationNotice {
  readonly kind: NoticeKind;
  readonly message: string;
  readonly until?: string;
}

/** What a change of one player may carry: only what it names changes. */
export interface PlayerPatch {
  readonly id: string;
  readonly name?: string;
  readonly position?: Position;
  readonly animation?: string;
  readonly metadata?: Metadata;
  /** Nothing is missing, and `metadata` replaces what is known. */
  readonly whole?: true;
}

export interface JoinRequest {
  readonly playerId: string;
  readonly name?: string;
  readonly position?: Position;
  readonly animation?: string;
  readonly avatarId?: string;
  readonly metadata?: Metadata;
}

export type UpdateRequest = Omit<PlayerPatch, "id" | "whole">;

export interface Refusal {
  readonly ok: false;
  /** A sentence for the player. */
  readonly message: string;
  /** kebab-case. */
  readonly code: string;
  /** Only with code `banned`. */
  readonly reason?: string;
  readonly until?: string;
}

export interface JoinAccepted {
  readonly ok: true;
  readonly state: Snapshot;
  readonly player: Player;
  /** Guests only: the secret that proves this id is theirs after a reconnect. */
  readonly guestToken?: string;
}

/** The handshake's `auth`. */
export interface HandshakeAuth {
  readonly token?: string;
  readonly guestToken?: string;
  readonly features: readonly string[];
}

/** An ack arrives unparsed. `undefined` stands for none: the connection went away first. */
export type Ack = (answer: unknown) => void;

/** Every payload is `unknown`: a server is believed only after parsing. */
export interface ServerToClientEvents {
  "world:state": (payload: unknown) => void;
  "player:joined": (payload: unknown) => void;
  "player:updated": (payload: unknown) => void;
  "players:updated": (payload: unknown) => void;
  "player:left": (payload: unknown) => void;
  "chat:message": (payload: unknown) => void;
  "chat:removed": (payload: unknown) => void;
  "sprites:atlasUpdated": (payload: unknown) => void;
  "session:terminated": (payload: unknown) => void;
  "moderation:notice": (payload: unknown) => void;
}

export interface ClientToServerEvents {
  "player:join": (payload: JoinRequest, ack: Ack) => void;
  "player:update": (payload: UpdateRequest, ack: Ack) => void;
  "chat:message": (payload: { readonly content: string }, ack: Ack) => void;
  "player:report": (payload: { readonly playerId: string; readonly reason: string }, ack: Ack) => void;
  "player:leave": (ack: Ack) => void;
}

/** Signed-in account as REST answers it. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly role: string;
}

/** The four layers of a look; `null` is a layer that is off. */
export interface Appearance {
  readonly hair: string | null;
  readonly face: string | null;
  readonly outfit: string | null;
  readonly shoes: string | null;
}
