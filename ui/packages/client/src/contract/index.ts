/**
 * The wire contract as the pages see it: the types generated from the server, made read-only, and what only a client
 * says. Types only, nothing runs here.
 *
 * It must not know sockets, pages or storage. What arrives is `unknown` until `sdk/parse` has looked at it; these types
 * describe what it may become.
 */
import type * as wire from "./generated/contract.js";

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
/** Somebody who is in and looks after the world. */
export type StaffMember = Frozen<wire.StaffMember>;
export type StaffRole = wire.StaffRole;
/** An announcement that stands for a while. */
export type PinnedAnnouncement = Frozen<wire.PinnedAnnouncement>;
/** A map: everything that has to be known to draw it and to walk on it. */
export type WorldMap = Frozen<wire.WorldMap>;
export type MapBounds = Frozen<wire.MapBounds>;
export type MapArea = Frozen<wire.MapArea>;
export type Spawn = Frozen<wire.Spawn>;
export type Tile = Frozen<wire.Tile>;
export type Ground = wire.Ground;
export type Thing = Frozen<wire.Thing>;
export type ThingKind = wire.ThingKind;
/** A place on the ground, in world units. */
export type Spot = Frozen<wire.Spot>;
/** The light a world is in. */
export type Mood = wire.Mood;
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

export type JoinRequest = Frozen<wire.JoinPayload>;
export type UpdateRequest = Frozen<wire.UpdatePayload>;

/** A refusal; `code` is one of `RefusalCode`, of a newer server's, or of the SDK's own. */
export type RefusalCode = wire.RefusalCode;
export type Refusal = Frozen<Omit<wire.RefusalAck, "code">> & {
  readonly code: string;
};

/** Guests get their secret with it: it proves this id is theirs after a reconnect. */
export type JoinAccepted = Frozen<Omit<wire.JoinAck, "state">> & { readonly state?: Snapshot };

/** The handshake's `auth`. */
export type HandshakeAuth = Frozen<wire.HandshakeAuth>;

/** An ack arrives unparsed. `undefined` stands for none: the connection went away first. */
export type Ack = (answer: unknown) => void;

/** What a page handles of a namespace. Every payload is `unknown`: a server is believed only after parsing. */
export type EventHandlers<Events> = { [Name in keyof Events]: (payload: unknown) => void };

/** What a page sends there, each with its ack. */
export type Sent<Events extends { [Name in keyof Events]: { payload: unknown } }> = {
  [Name in keyof Events]: Events[Name]["payload"] extends undefined
    ? (ack: Ack) => void
    : (payload: Frozen<Events[Name]["payload"]>, ack: Ack) => void;
};

export type ServerToClientEvents = EventHandlers<wire.ServerEvents>;
export type ClientToServerEvents = Sent<wire.ClientEvents>;
export type FeedToClientEvents = EventHandlers<wire.FeedServerEvents>;
export type ClientToFeedEvents = Sent<wire.FeedClientEvents>;

/** Calls for everybody, and those of the administration. */
export type CallName = keyof typeof wire.ROUTES;
export type AdminCallName = keyof typeof wire.ADMIN_ROUTES;
/** What an answer brings when all is well. */
export type AnswerOf<Name extends keyof wire.Calls> = wire.Calls[Name]["answer"];
export type BodyOf<Name extends keyof wire.Calls> = Frozen<wire.Calls[Name]["body"]>;
/** What an address may ask for; what is empty is left out. */
export type QueryOf<Name extends keyof wire.Calls> = {
  readonly [Key in keyof wire.Calls[Name]["query"]]?:
    | wire.Calls[Name]["query"][Key]
    | string
    | null
    | undefined;
};
/** The names in the path of a call. */
export type PathOf<Name extends keyof wire.Calls> = Frozen<wire.Calls[Name]["path"]>;
