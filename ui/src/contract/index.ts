/**
 * The wire contract as the pages see it: the types generated from the server, made read-only, and what only a client
 * says. Types only, nothing runs here.
 *
 * It must not know sockets, pages or storage. What arrives is `unknown` until `sdk/parse` has looked at it; these types
 * describe what it may become.
 */
import type * as wire from "./generated/contract";

/** What came over the wire is never changed in place. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** World units are tiles: x to the right, z towards the viewer, y up. */
export type Position = Frozen<wire.Position>;
export type Player = Frozen<wire.Player>;
/** Free-form JSON kept by the server; `appearance` inside it merges key by key. */
export type Metadata = Player["metadata"];
export type ChatMessage = Frozen<wire.ChatMessage>;
export type WorldInfo = Frozen<wire.WorldInfo>;
export type Sprite = Frozen<wire.Sprite>;
/** The four layers of a look; `null` is a layer that is off. */
export type Appearance = Frozen<wire.Appearance>;
/** What of an account's avatar a page shows: the layers, and the sheet worn instead of them, if any. */
export type AvatarLook = Frozen<Pick<wire.Avatar, "appearance" | "spriteAssetId">>;
export type NoticeKind = wire.NoticeKind;
export type ModerationNotice = Frozen<wire.ModerationNotice>;
/** The codes of `session:terminated` this client has words for; a newer server may send others. */
export type TerminationCode = wire.TerminationCode;
export type SessionTerminated = Frozen<Omit<wire.SessionTerminated, "code">> & { readonly code: string };
/** Signed-in account, as much of it as a page needs. */
export type Account = Frozen<Pick<wire.UserView, "id" | "username" | "email" | "role">>;

/** The atlas after parsing: a map, so that an id such as `constructor` finds nothing inherited. */
export type SpriteAtlas = Frozen<Omit<wire.SpriteAtlas, "lookup">> & {
  readonly lookup: ReadonlyMap<string, Sprite>;
};

export type Snapshot = Frozen<Omit<wire.Snapshot, "spriteAtlas">> & { readonly spriteAtlas: SpriteAtlas };

/** What a change of one player may carry: only what it names changes. */
export type PlayerPatch = Pick<Player, "id"> &
  Partial<Omit<Player, "id">> & {
    /** Nothing is missing, and `metadata` replaces what is known. */
    readonly whole?: true;
  };

export type JoinRequest = Partial<Omit<Player, "id">> & {
  readonly playerId: string;
  readonly avatarId?: string;
  /** Asked for by worlds that are not open to everyone. */
  readonly pin?: string;
};

export type UpdateRequest = Partial<Omit<Player, "id">>;

/** A refusal; `code` is one of `RefusalCode`, of a newer server's, or of the SDK's own. */
export type RefusalCode = wire.RefusalCode;
export type Refusal = Frozen<Omit<wire.RefusalAck, "code">> & {
  readonly code: string;
};

/** Guests get their secret with it: it proves this id is theirs after a reconnect. */
export type JoinAccepted = Frozen<Omit<wire.JoinAck, "state">> & { readonly state: Snapshot };

/** The handshake's `auth`. */
export interface HandshakeAuth {
  readonly token?: string;
  readonly guestToken?: string;
  /** The join PIN: a right one opens the door before the first snapshot. */
  readonly pin?: string;
  readonly features: readonly string[];
}

/** An ack arrives unparsed. `undefined` stands for none: the connection went away first. */
export type Ack = (answer: unknown) => void;

type EventName = (typeof wire.EVENTS)[keyof typeof wire.EVENTS];

/** Whatever a client does not say, the server does: an event that nobody here reads does not compile. */
type ServerEventName = Exclude<EventName, keyof ClientToServerEvents> | typeof wire.EVENTS.chatMessage;

/** Every payload is `unknown`: a server is believed only after parsing. */
export type ServerToClientEvents = { [Name in ServerEventName]: (payload: unknown) => void };

export interface ClientToServerEvents {
  [wire.EVENTS.playerJoin]: (payload: JoinRequest, ack: Ack) => void;
  [wire.EVENTS.playerUpdate]: (payload: UpdateRequest, ack: Ack) => void;
  [wire.EVENTS.chatMessage]: (payload: { readonly content: string }, ack: Ack) => void;
  [wire.EVENTS.playerReport]: (
    payload: { readonly playerId: string; readonly reason: string },
    ack: Ack,
  ) => void;
  [wire.EVENTS.moderationRead]: (payload: { readonly id: string }, ack: Ack) => void;
  [wire.EVENTS.playerLeave]: (ack: Ack) => void;
  [wire.EVENTS.sessionTicket]: (ack: Ack) => void;
}
