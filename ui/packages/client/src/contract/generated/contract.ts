// Generated from server-core/crates/contract. Do not edit: run
// `UPDATE_CONTRACT=1 cargo test -p contract` after changing a declaration there.

/** `{action}`: what an action answers when there is nothing more to say. */
export type ActionAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
};

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
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** Who did it. */
  actor: Actor;
  /** Area and verb, such as `session.kick` or `ban.create`. */
  action: string;
  /** Whom or what it concerns: an id. */
  subject: string;
  /** How people call the subject. */
  subjectName: string | null;
  /** What the action noted. */
  details: Record<string, unknown>;
  /** Whether `POST /admin/audit/{id}/undo` can take it back now. */
  undoable: boolean;
  /** When it was taken back, ISO 8601. */
  undoneAt: string | null;
  /** Who took it back, where that is known. */
  undoneBy?: Actor;
};

/** `GET /admin/audit`. */
export type ActionList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Days after which entries are deleted; 0 keeps them for good. */
  keptDays: number;
  /** Newest first. */
  actions: Array<ActionEntry>;
};

/** Who did something. */
export type Actor = {
  /**
   * A user id, `local-host` for the desktop window, `system` for the server itself, or a player
   * id for what a player did.
   */
  id: string;
  /** The name at the time of reading; the id when the account is gone. */
  name: string;
};

/** The address a ban would be about. */
export type AddressPreview = {
  /** The address. */
  value: string;
  /** This machine or a trusted proxy: it cannot be banned, everybody would be shut out. */
  exempt: boolean;
};

/** `admin:changes`: only what changed since the one before. */
export type AdminChanges = {
  /** One more than the one before; after a gap ask again with `admin:resync`. */
  seq: number;
  /** ISO 8601. */
  at: string;
  /** New or undone lines of the audit log, oldest first. */
  actions?: Array<ActionEntry>;
  /** New messages, oldest first. */
  chat?: Array<ArchivedMessage>;
  /** Ids of sockets that are gone. */
  gone?: Array<string>;
  /** The lines that wait for a moderator changed: all of them. */
  held?: Array<HeldLine>;
  /** A load test began, changed or ended. */
  loadTest?: LoadTestRun;
  /** What the load test that runs measured since, oldest first. */
  loadTestSeconds?: Array<LoadTestSecond>;
  /** The looker's name or role changed. */
  me?: Me;
  /** Sockets of which only this changed, once a second. */
  moved?: Array<SessionMove>;
  /** The nodes changed: all of them. */
  nodes?: Array<NodeInfo>;
  /** Reports nobody looked at. */
  openReports?: number;
  /** Ids of messages that were removed. */
  removedMessages?: Array<MessageId>;
  /** New or changed reports. */
  reports?: Array<Report>;
  /** Messages that were put back. */
  restoredMessages?: Array<ArchivedMessage>;
  /** Once a second. */
  sample?: Sample;
  /** The server changed. */
  server?: ServerInfo;
  /** New or changed sockets, each whole. Apply before `moved` and `gone`. */
  sessions?: Array<AdminSession>;
};

/** `admin:ended`. */
export type AdminEnded = {
  /** For programs. */
  code: EndedCode;
  /** A sentence. */
  message: string;
};

/** One live socket. */
export type AdminSession = {
  /** Our own connection id with its node, never the Socket.IO one. */
  id: string;
  /** The node that holds the socket. */
  node: string;
  /** What it is. */
  kind: SessionKind;
  /**
   * With `kind` what `/admin/people/{kind}/{subject}` knows the person by: an account's
   * id or a guest's digest.
   */
  subject: string;
  /** Whether it holds a player. */
  joined: boolean;
  /** The player it holds. */
  playerId: string | null;
  /** The player's name, or the account's when it only looks on. */
  name: string | null;
  /** The account's role. */
  role: Role | null;
  /** Where it comes from. */
  address: string;
  /** How its frames travel. */
  transport: TransportKind;
  /** Whether it reads batched updates. */
  batch: boolean;
  /** What its browser says it is, at most 200 characters. */
  userAgent: string | null;
  /** ISO 8601. */
  connectedAt: string;
  /** Since when it holds this player, ISO 8601. */
  joinedAt: string | null;
  /** When its last event came, ISO 8601. */
  lastActiveAt: string;
  /** Where the player stands. */
  position: Position | null;
  /** `metadata.mapId`. */
  mapId: string | null;
  /** `metadata.avatarId`. */
  avatarId: string | null;
  /** `metadata.sprite`. */
  sprite: string | null;
  /** `metadata.appearance`, as far as it can be worn. */
  appearance: Worn | null;
  /** Round trip of the last heartbeat in milliseconds; `null` where unknown (polling). */
  pingMs: number | null;
  /** The mute that holds now. */
  muted: MutedUntil | null;
  /** Warnings this person got. */
  warnings: number;
  /** Open reports about this person. */
  openReports: number;
  /** What the account is called, whatever its player is; absent for a guest. */
  account?: string;
};

/** `admin:state`. */
export type AdminState = {
  /** The number of this state; the next change has the next one. */
  seq: number;
  /** ISO 8601. */
  at: string;
  /** Who looks. */
  me: Me;
  /** The server that answers. */
  server: ServerInfo;
  /** All nodes, this one first. */
  nodes: Array<NodeInfo>;
  /** All sockets, of all nodes. */
  sessions: Array<AdminSession>;
  /** The last 50 messages, oldest first. */
  chat: Array<ArchivedMessage>;
  /** The newest sample. */
  now: Sample;
  /** One a second, oldest first, at most 300. */
  history: Array<Sample>;
  /** Reports nobody looked at. */
  openReports: number;
  /** Lines that wait for a moderator, oldest first. */
  held: Array<HeldLine>;
  /** The last 20 lines of the audit log, newest first. */
  recentActions: Array<ActionEntry>;
  /**
   * The load test that is under way on any node, or was last as far as this one knows. What it
   * measured so far is at `/admin/load-tests/{id}`.
   */
  loadTest: LoadTestRun | null;
};

/** Answer of an announcement: `{action, recipients}`. */
export type AnnouncementAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** Sockets it was sent to, on all nodes. */
  recipients: number;
};

/** Body of `POST /admin/announcements`. */
export type AnnouncementBody = {
  /** 1 to 500 characters; everybody reads it. */
  message: string;
  /**
   * How long it stands above the chat, also for those who come in later: 1 to 43 200. It stands in place of
   * the one before. Absent or `null` for one that is only said.
   */
  pinMinutes?: number;
};

/** The four layers of an avatar; `null` is "off". */
export type Appearance = {
  /** Hair or hat. */
  hair: string | null;
  /** The face. */
  face: string | null;
  /** The clothes. */
  outfit: string | null;
  /** The shoes. */
  shoes: string | null;
};

/** Layers to change: one that is absent stays, `null` switches it off. */
export type AppearancePatch = {
  /** The face. */
  face?: string | null;
  /** Hair or hat. */
  hair?: string | null;
  /** The clothes. */
  outfit?: string | null;
  /** The shoes. */
  shoes?: string | null;
};

/** A chat message with what moderation knows about it. */
export type ArchivedMessage = {
  /** Unique across restarts. */
  id: MessageId;
  /** Who said it, from the session and never from the payload. */
  playerId: string;
  /** The speaker's name at that moment. */
  author: string;
  /** 1 to 500 characters, trimmed, without control characters. */
  content: string;
  /** When the server received it, ISO 8601 in UTC with milliseconds. */
  timestamp: string;
  /** `visible` or `removed`. */
  status: MessageStatus;
  /** When it was removed, ISO 8601. */
  removedAt: string | null;
  /** Who removed it: a user id, or `local-host` for the desktop window. */
  removedBy: string | null;
  /** What `/admin/people` knows the author by; `null` for the server's own lines and old ones. */
  person: PersonRef | null;
};

/** The first request that came over a link from another machine. */
export type Arrival = {
  /** Where it came from. */
  address: string;
  /** When. */
  at: string;
};

/** `{atlas}`. */
export type AtlasAnswer = {
  /** The one the snapshot holds. */
  atlas: SpriteAtlas;
};

/** One binary attachment; see "Batched updates", "Streamed updates" and "Packed events" in PROTOCOL.md. */
export type Attachment = ArrayBuffer;

/** `GET /admin/audit` and its export, which has no pages. */
export type AuditQuery = {
  /** Only this action, or all of an area such as `ban`. */
  action?: string;
  /** Only by this actor. */
  actor?: string;
  /** Of an export; `csv` when absent. */
  format?: TableFormat;
  /** From this time on, ISO 8601. */
  from?: string;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Part of a name or of what was noted. */
  search?: string;
  /** Before this time, ISO 8601. */
  to?: string;
};

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
  /** What `avatarId` names in a join. */
  id: string;
  /** The name a join uses when it brings none. */
  name: string;
  /** A sentence about the avatar. */
  description: string | null;
  /** What it wears. */
  appearance: Appearance;
  /** The sprite sheet it wears. */
  spriteAssetId: string | null;
  /** Path of that sheet's image. */
  sprite: string | null;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601 time of the last change. */
  updatedAt: string;
};

/** `{avatar}`, `null` before the first `PUT /avatars/me`. */
export type AvatarAnswer = {
  /** The caller's avatar. */
  avatar: Avatar | null;
};

/** Body of `PUT /avatars/me`: at least one field; a layer that is not named stays as it is. */
export type AvatarBody = {
  /** Layers to change; `null` switches a layer off. */
  appearance?: AppearancePatch;
  /** `null` clears it. */
  description?: string | null;
  /** Needed when the avatar is made. */
  name?: string;
  /** `null` takes it off. */
  spriteAssetId?: string | null;
};

/** Somebody who may not come in. */
export type Ban = {
  /** A UUID. */
  id: string;
  /** What it is about. */
  kind: SanctionKind;
  /** An account's id, a guest's digest, or an address. */
  subject: string;
  /** The name the subject had at that time. */
  subjectName: string | null;
  /** What the moderator wrote; may be empty. */
  reason: string;
  /** ISO 8601; `null` for good. */
  until: string | null;
  /** Who imposed it. */
  createdBy: Actor;
  /** ISO 8601. */
  createdAt: string;
  /** When it was lifted, ISO 8601. */
  liftedAt: string | null;
  /** Who lifted it. */
  liftedBy: Actor | null;
  /** Whether it holds now: neither lifted nor over. */
  active: boolean;
  /** What else is known of the person; in lists of bans and mutes, and never for an address. */
  seen?: SeenAs;
};

/** `{action, bans}`. */
export type BanAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** One for each subject. */
  bans: Array<Ban>;
};

/** Body of `POST /admin/bans`: either `sessionId` with `what`, or `subjects`. */
export type BanBody = {
  /** 1 to 5 256 000; `null` for good. */
  minutes: number | null;
  /** At most 500 characters; the player reads it. */
  reason?: string;
  /** A live session. */
  sessionId?: string;
  /** Without `sessionId`: at most 20 subjects. */
  subjects?: Array<BanTarget>;
  /** With `sessionId`: what of that session is banned. Its account or guest when absent. */
  what?: Array<SanctionKind>;
};

/** `GET /admin/bans`. */
export type BanList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  bans: Array<Ban>;
};

/** `GET /admin/sessions/{id}/ban-preview`: what a ban of this session can be about. */
export type BanPreview = {
  /** The account, when the session is logged in. */
  account: Actor | null;
  /** The guest, when it is not. */
  guest: GuestPreview | null;
  /** The address. */
  address: AddressPreview | null;
  /** Who else uses or used that address, newest first. */
  sameAddress: Array<SameAddress>;
};

/** One subject of a ban. */
export type BanTarget = {
  /** What it is about. */
  kind: SanctionKind;
  /** An account's id, a guest's digest or an address. */
  subject: string;
};

/** Body of `POST /auth/password`. */
export type ChangePasswordBody = {
  /** The password that holds now. */
  currentPassword: string;
  /** 8 to 200 characters. */
  newPassword: string;
  /** The guest token of a client that keeps no cookies. */
  guestToken?: string;
  /** The ticket of the socket that becomes the account's, from `session:ticket`. */
  socketTicket?: string;
};

/** Answer of changing and of making an account: `{user, action}`. */
export type ChangedUserAnswer = {
  /** As it is now. */
  user: UserView;
  /** The line it left in the audit log. */
  action: ActionEntry;
};

/** Ack of `chat:message`. */
export type ChatAck = {
  /** `true`. */
  ok: true;
  /** The message as everybody gets it. */
  message: ChatMessage;
};

/** A chat message as sent to every socket, the sender included. */
export type ChatMessage = {
  /** Unique across restarts. */
  id: MessageId;
  /** Who said it, from the session and never from the payload. */
  playerId: string;
  /** The speaker's name at that moment. */
  author: string;
  /** 1 to 500 characters, trimmed, without control characters. */
  content: string;
  /** When the server received it, ISO 8601 in UTC with milliseconds. */
  timestamp: string;
};

/** `chat:message` to the server. */
export type ChatPayload = {
  /** Trimmed and truncated to 500 characters. */
  content: string;
};

/** `chat:removed`. */
export type ChatRemoved = {
  /** The message that is gone. */
  id: MessageId;
};

/** How this node stands to others of the same world. */
export type Cluster = "standalone" | "healthy" | "degraded" | "resyncing";

/** Answer of kick all: `{action, count}`. */
export type CountAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** Sessions it concerned, on all nodes. */
  count: number;
};

/** Body of `POST /admin/users`. */
export type CreateUserBody = {
  /** 1 to 40 characters after trimming. */
  username: string;
  /** Trimmed; compared without regard to case. */
  email: string;
  /** 8 to 200 characters. */
  password: string;
  /** `user` when absent. */
  role?: Role;
};

/** Body of `DELETE /auth/me`. */
export type DeleteAccountBody = {
  /** The account's password. */
  password: string;
};

/** Something that was or is to be told. */
export type Delivery = {
  /** A UUID, the same in every attempt. */
  id: string;
  /** Of which kind. */
  event: string;
  /** When it happened, ISO 8601. */
  at: string;
  /** How often it was tried. */
  attempts: number;
  /** When it was tried last. */
  triedAt: string | null;
  /** The status of the last answer. */
  status: number | null;
  /** Why the last attempt does not count. */
  problem: string | null;
  /** When it is tried again; `null` when it was told, or was refused for good. */
  nextAt: string | null;
  /** When it was told. */
  deliveredAt: string | null;
};

/** `GET /admin/webhooks/{id}/deliveries`. */
export type DeliveryList = {
  /** The last ones, newest first. */
  deliveries: Array<Delivery>;
};

/** Ack of `player:leave` and `player:report`. */
export type DoneAck = {
  /** `true`. */
  ok: true;
};

/** `player:emote`. */
export type EmotePayload = {
  /**
   * 1 to 32 characters. The player page draws `wave`, `smile`, `laugh`, `wow`, `heart`, `idea`,
   * `question` and `music`.
   */
  name: string;
};

/** Why a feed ended. */
export type EndedCode = "demoted" | "signed-out" | "shutdown" | "slow-consumer" | "replaced";

/** A visit that is over, and whose it was. */
export type EndedVisit = {
  /** A UUID. */
  id: string;
  /** Whose. */
  person: PersonRef;
  /** The player they were. */
  playerId: string;
  /** The name it had at the end. */
  name: string;
  /** When it began, ISO 8601. */
  beganAt: string;
  /** When it ended, ISO 8601. */
  endedAt: string;
  /** How it ended. */
  how: VisitEnd;
};

/** `GET /admin/visits`. */
export type EndedVisitList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** What ended last comes first. */
  visits: Array<EndedVisit>;
};

/** Visits that ended in one way. */
export type EndingCount = {
  /** How. */
  how: VisitEnd;
  /** How many. */
  count: number;
};

/** Body of `POST /auth/enter`. */
export type EnterBody = {
  /** What `POST /admin/world-ticket` answered; good once, for a minute. */
  ticket: string;
  /** The guest token of a client that keeps no cookies. */
  guestToken?: string;
  /** The ticket of the socket that becomes the account's, from `session:ticket`. */
  socketTicket?: string;
};

/** Every REST error. */
export type ErrorBody = {
  /** A sentence for the person in front of the screen. */
  message: string;
  /** For programs, in kebab case. */
  code: string;
  /** With `banned` and `suspended`: what the moderator wrote; absent when that was nothing. */
  reason?: string;
  /** With `suspended` and a ban that ends: until when, ISO 8601. */
  until?: string;
};

/** `GET /admin/evidence/{act}`. */
export type EvidenceAnswer = {
  /** Oldest first; empty when nothing was said, `null` when nothing is kept with that act, or no longer. */
  lines: Array<EvidenceLine> | null;
};

/** Something that was said before an act of moderation, as it was then. */
export type EvidenceLine = {
  /** The message, which the archive may have forgotten since. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** Who said it. */
  playerId: string;
  /** Under which name. */
  author: string;
  /** What was said. */
  content: string;
  /** Whether the person said it whom the act is about. */
  about: boolean;
};

/** What somebody looks like, or looked like when they were last seen. */
export type Face = {
  /** What the person is known by. */
  kind: PersonKind;
  /** An account's id or a guest's digest. */
  subject: string;
  /** The player they are or were: what was not chosen follows from its id. */
  playerId: string;
  /** What was chosen. */
  appearance: Worn | null;
};

/** `GET /admin/faces?people=guest:<digest>,account:<id>`: those that are known, of at most 100. */
export type FaceList = {
  /** In no particular order. */
  faces: Array<Face>;
};

/** `GET /admin/faces`. */
export type FacesQuery = {
  /** Up to 100 people, as `guest:<digest>,account:<id>`. */
  people?: string;
};

/** How the port is opened here. */
export type FirewallHint = {
  /** The system. */
  system: FirewallSystem;
  /** To be typed on this machine; `None` when no firewall is known to be there. */
  command: string | null;
};

/** The system this server runs on, as far as its firewall is concerned. */
export type FirewallSystem = "linux" | "windows" | "macos" | "other";

/** Ground that a thing takes, in tiles from the middle of its foot. All but `front` grow with its size. */
export type Footprint = {
  /** How far to the right of the thing's middle its own middle lies. */
  x: number;
  /** Half of its width. */
  halfWidth: number;
  /** Its depth towards the back. */
  back: number;
  /** Its depth towards the viewer; people may stand close in front. */
  front: number;
};

/** What the ground is made of. Nobody walks on water. */
export type Ground = "water" | "grass" | "sand" | "stone" | "deck";

/** The guest a ban would be about. */
export type GuestPreview = {
  /** A digest of the guest's secret. */
  subject: string;
  /** The player it holds. */
  playerId: string | null;
};

/** The `auth` object of the handshake. What cannot be used counts as absent. */
export type HandshakeAuth = {
  /**
   * What the client can do beyond the contract; unknown words are ignored. `batch`: it reads
   * `players:updated`. `batch2`: it reads them as a stream. `lean`: the answer to its join needs no world.
   * `log`: it reads announcements in the chat. `packed`: it reads `events:packed`.
   */
  features?: Array<string>;
  /** The guest secret from an earlier join, for clients without cookies. */
  guestToken?: string;
  /**
   * The join PIN, where the world has one: a right one opens the world before the first
   * `world:state`, and joins need not repeat it.
   */
  pin?: string;
  /** The number of the protocol that the client was written for; absent means 1. */
  protocol?: number;
  /** Marks a client of a load test that a host of this server started; only the server can make one. */
  runToken?: string;
  /** The account's token, from a login. */
  token?: string;
};

/**
 * `{"status":"ok","phase":"ready","version":"0.1.0","uptimeSeconds":61,"checks":{"database":"ok"},
 * "replication":{"state":"standalone"}}`
 */
export type HealthBody = {
  /** The worst of all checks. */
  status: HealthStatus;
  /** Where the server is in its life. */
  phase: Phase;
  /** Version of the server. */
  version: string;
  /** Time since the start, in seconds. */
  uptimeSeconds: number;
  /** What was looked at, by name. */
  checks: Record<string, HealthStatus>;
  /** The link to the other nodes of this world. */
  replication: LinkStatus;
};

/** How well something works. */
export type HealthStatus = "ok" | "degraded";

/** A line of chat that nobody has read but moderators, until one of them lets it through. */
export type HeldLine = {
  /** The id that the message has once it is let through. */
  id: MessageId;
  /** When it was said, ISO 8601. */
  at: string;
  /** When it goes away by itself, ISO 8601. */
  until: string;
  /** Who said it. */
  playerId: string;
  /** The speaker's name at that moment. */
  author: string;
  /** What was said. */
  content: string;
  /** Who it is, for a sanction. */
  person: PersonRef;
  /** The word of the list, as the host wrote it. */
  word: string;
};

/** `GET /admin/held`. */
export type HeldList = {
  /** How many there are. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Oldest first. */
  held: Array<HeldLine>;
};

/** The most people at once. */
export type HistoryPeak = {
  /** How many. */
  people: number;
  /** The beginning of the stretch in which they were here, ISO 8601. */
  at: string;
};

/** One stretch of a history, on all nodes together. */
export type HistoryPoint = {
  /** When it begins, ISO 8601. */
  at: string;
  /** People in the world on average while the server ran; bots of load tests are none. */
  people: number;
  /** Most people at once. */
  mostPeople: number;
  /** Most bots of load tests at once. */
  mostBots: number;
  /** Chat messages said, by others than bots of load tests. */
  messages: number;
  /** Changes of one player handed to another client, on average in a second. */
  deliveries: number;
  /** Most of them in a second. */
  mostDeliveries: number;
  /** The worst time that half of the flushes took at most; `null` without a flush. */
  flushP50Ms: number | null;
  /** The same of 95 in 100; `null` where there were too few. */
  flushP95Ms: number | null;
  /** The same of 99 in 100; `null` where there were too few. */
  flushP99Ms: number | null;
};

/** `GET /admin/history`. */
export type HistoryQuery = {
  /** How far back; a day when absent. */
  range?: HistoryRange;
};

/** How far back a history goes. */
export type HistoryRange = "hour" | "day" | "week";

/** What a hook may be told of. */
export type HookEvent = "report" | "ban" | "kick" | "crowd" | "trouble" | "test";

/** `GET /static/sprites/{file}`. */
export type ImageQuery = {
  /** The beginning of the image's checksum: with it the answer may be kept for good. */
  v?: string;
};

/** Body of `GET /admin/invite`. */
export type Invite = {
  /** Best first. Only `Local` when other machines cannot reach this server. */
  links: Array<InviteLink>;
  /** Why no link leads here from another machine of the network. */
  obstacle: Obstacle | null;
  /** The port that is bound. */
  port: number;
  /** What to do when nobody gets in. */
  firewall: FirewallHint;
  /** Whether the router lets people in from outside. */
  outside: OutsideAccess;
};

/** One way in. */
export type InviteLink = {
  /** To read out, with a slash at its end. */
  url: string;
  /** What it leads over. */
  kind: LinkKind;
  /** For `Network`. */
  medium: LinkMedium | null;
  /** The system's name of the interface, for `Network`. */
  interface: string | null;
  /** Who proved first that it works. */
  reachedBy: Arrival | null;
  /**
   * Whether the server's certificate is for this address, so that browsers open it without a warning;
   * `None` where that is not in question.
   */
  certified?: boolean;
};

/** Ack of `player:join`. */
export type JoinAck = {
  /** `true`. */
  ok: true;
  /** The player as it now is. */
  player: Player;
  /** The guest's secret, for clients that keep no cookies; only ever sent to its owner. */
  guestToken?: string;
  /** The world right after the join; absent for a client with the feature `lean`. */
  state?: Snapshot;
};

/** `player:join`. */
export type JoinPayload = {
  /** Who the socket wants to be. */
  playerId: string;
  /** Shortened to 64 characters; `idle` when absent. */
  animation?: string;
  /** An avatar kept by the server, whose look fills what is not set here. */
  avatarId?: string;
  /** Open data; `appearance` in it merges key by key. */
  metadata?: Record<string, unknown>;
  /** Shortened to 100 characters; `Player <id>` when absent. */
  name?: string;
  /** The join PIN, where the world has one. */
  pin?: string;
  /** 0/0/0 when absent. */
  position?: PositionPayload;
};

/** The end of one of a person's sessions by a moderator. */
export type Kick = {
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** What the person read; may be empty. */
  reason: string;
  /** Who kicked. */
  by: Actor;
};

/** Body of the kicks: `{reason?}`. */
export type KickBody = {
  /** At most 500 characters; the player reads it. */
  reason?: string;
};

/** A name somebody had. */
export type KnownName = {
  /** The name. */
  name: string;
  /** When they were last seen under it, ISO 8601. */
  lastSeenAt: string;
};

/** What a link leads over. */
export type LinkKind = "public" | "network" | "name" | "local";

/** What an address of the machine hangs on, as far as the system tells. */
export type LinkMedium = "wifi" | "cable" | "vpn" | "other";

/** What the link to the other nodes is doing. */
export type LinkState = "standalone" | "healthy" | "resyncing" | "degraded";

/** The state of the link, and why. */
export type LinkStatus = {
  /** What the link is doing. */
  state: LinkState;
  /** The id of this node; absent when there is one node. */
  node?: string;
  /** A sentence that says what to do, unless all is well. */
  reason?: string;
};

/** Answer to starting or stopping a run. */
export type LoadTestAnswer = {
  /** The line in the audit log. */
  action: ActionEntry;
  /** The run. */
  run: LoadTestRun;
};

/** Body of `POST /admin/load-tests`. What is left out has the default of the command line. */
export type LoadTestBody = {
  /** One update in this many asks for an ack. */
  ackEvery?: number;
  /** Milliseconds between two chat messages of one client; 0 for none. */
  chatIntervalMs?: number;
  /** Clients in total. */
  clients?: number;
  /** How the crowd comes in, where it stands, and how it behaves. */
  crowd?: LoadTestCrowdBody;
  /** Length in milliseconds. */
  durationMs?: number;
  /** How the clients receive. */
  mode?: LoadTestMode;
  /** Milliseconds between two new clients. */
  spawnIntervalMs?: number;
  /** Another server at a private address; this one when left out or blank. */
  targetUrl?: string;
  /** Milliseconds between two updates of one client. */
  updateIntervalMs?: number;
};

/** What became of the connections. */
export type LoadTestConnections = {
  /** Clients whose Socket.IO connection was accepted. */
  connected: number;
  /** Clients that could not connect. */
  failed: number;
  /** Clients that joined. */
  joined: number;
  /** Clients whose leave was acknowledged. */
  left: number;
  /** Connections that the run itself ended. */
  disconnected: number;
  /** Connections that ended while they were needed. */
  lost: number;
  /** Connections that the run dropped to see everybody come back. */
  dropped: number;
};

/** How the crowd of a load test comes in, where it stands, and how it behaves. */
export type LoadTestCrowd = {
  /** How the clients come, and whether they stay. */
  shape: LoadTestShape;
  /** Where they are. */
  spread: LoadTestSpread;
  /** How they move. */
  walk: LoadTestWalk;
  /** The language of what they say. */
  language: LoadTestLanguage;
  /** With `slow`: how many in a hundred clients read slowly; at least one client does. */
  slowPercent: number;
  /** With `slow`: what such a client reads at most, in kB (1000 bytes) a second. */
  slowKbps: number;
  /** With `restart`: milliseconds without anybody. */
  outageMs: number;
};

/** The same as somebody asks for it. What is left out has its default. */
export type LoadTestCrowdBody = {
  /** The language of what they say. */
  language?: LoadTestLanguage;
  /** With `restart`: milliseconds without anybody. */
  outageMs?: number;
  /** How the clients come, and whether they stay. */
  shape?: LoadTestShape;
  /** With `slow`: what such a client reads at most, in kB (1000 bytes) a second. */
  slowKbps?: number;
  /** With `slow`: how many in a hundred clients read slowly; at least one client does. */
  slowPercent?: number;
  /** Where they are. */
  spread?: LoadTestSpread;
  /** How they move. */
  walk?: LoadTestWalk;
};

/** What happened to updates on their way, counted per receiver. */
export type LoadTestDeliveries = {
  /** Updates that arrived. */
  received: number;
  /** Updates that a newer one of the same player replaced on the way. */
  coalesced: number;
  /** Updates that arrived again. */
  duplicated: number;
  /** Updates that arrived after a newer one. */
  reordered: number;
  /** Updates of a player the receiver did not know. */
  stray: number;
  /** `player:joined` that arrived. */
  joined: number;
  /** `player:joined` for a player that was already there. */
  joinedDoubled: number;
  /** `player:left` that arrived. */
  left: number;
  /** `player:left` for a player that was not there. */
  leftDoubled: number;
};

/** `GET /admin/load-tests/{id}`: the whole of it, or so far. */
export type LoadTestDetail = {
  /** The run. */
  run: LoadTestRun;
  /** One for each second, oldest first. */
  seconds: Array<LoadTestSecond>;
  /** The whole report, without the seconds; `null` while it runs, or when there is none. */
  report: LoadTestReport | null;
};

/** A summary and the whole curve. */
export type LoadTestDistribution = {
  /** The usual percentiles; nothing without samples. */
  summary: LoadTestSummary | null;
  /** Points of the curve. */
  curve: Array<LoadTestPoint>;
};

/** All distributions. */
export type LoadTestDistributions = {
  /** Emit of a join to its ack. */
  join: LoadTestDistribution;
  /** Emit of an update to its ack. */
  update: LoadTestDistribution;
  /** Emit of an update to the moment a peer knows it or a newer one. */
  fanout: LoadTestDistribution;
  /** Age of the states that arrived, at their arrival. */
  age: LoadTestDistribution;
  /** Begin of a connection to its join's ack, for everybody who came in. */
  arrival: LoadTestDistribution;
  /** The part of `fanout` between clients who stood near each other: among the 100 nearest, and within 10 tiles. */
  near: LoadTestDistribution;
  /** The rest of it: how old what a client knows of far ones may be. */
  far: LoadTestDistribution;
  /** What the clients on slow lines waited, who are no part of the others' figures. */
  slow: LoadTestDistribution;
  /**
   * What those waited that read single updates while most clients read batches: they are told within a budget of bytes, and are no part
   * of the others' figures either.
   */
  single: LoadTestDistribution;
};

/** Why numbers say more about the load test than about the server. */
export type LoadTestDoubt = {
  code: "generator-busy";
  /** Share of its core, in percent. */
  percent: number;
} | {
  code: "sent-late";
  /** How many were late. */
  late: number;
  /** How many were sent. */
  sent: number;
};

/** How a run came to its end. */
export type LoadTestEnding = "completed" | "interrupted" | "target-lost";

/** One thing that went wrong. */
export type LoadTestErrorSample = {
  /** When, in seconds since the start of the run. */
  atS: number;
  /** The client it happened to. */
  client: number;
  /**
   * What it counts as: `connect`, `disconnected`, `protocol`, `no-answer`, `refused: <code>` or
   * `terminated: <code>`.
   */
  kind: string;
  /** What the server or the system said. */
  message: string;
};

/** Errors of a run so far. */
export type LoadTestErrors = {
  /** All of them. */
  total: number;
  /** How many of each kind. */
  byKind: Record<string, number>;
  /** The first ten. */
  samples: Array<LoadTestErrorSample>;
};

/** The numbers of a run that its line in the history shows. */
export type LoadTestFigures = {
  /** Whether the numbers say something about the server. */
  valid: boolean;
  /** Clients that joined. */
  joined: number;
  /** Deliveries per second while all clients were in. */
  deliveredPerSecond: number;
  /** Share of the due deliveries that arrived as such, in percent. */
  deliveredPercent: number | null;
  /** 95 % of the joins took at most so long, in milliseconds. */
  joinP95Ms: number | null;
  /** 95 % of the acks of updates took at most so long, in milliseconds. */
  updateP95Ms: number | null;
  /** Half of the updates were with the others after so long, in milliseconds. */
  fanoutP50Ms: number | null;
  /** 95 % were. */
  fanoutP95Ms: number | null;
  /** 99 % were. */
  fanoutP99Ms: number | null;
  /** Errors of any kind. */
  errors: number;
  /** Share of one core the server used, in percent. */
  serverCpuPercent: number | null;
  /** Microseconds of the server's processor time per delivered update. */
  cpuUsPerDelivery: number | null;
  /** 99 % of the clients were in so long after they began to connect, in milliseconds. */
  arrivalP99Ms: number | null;
  /** 99 % of the updates of near players were there after so long, in milliseconds. */
  nearP99Ms: number | null;
  /** 99 % of those of far players were. */
  farP99Ms: number | null;
  /** Payload bytes received per delivered update. */
  bytesPerStep: number | null;
  /** Payload bytes received per second and client. */
  bytesPerClient: number | null;
};

/** What the load test itself needed. */
export type LoadTestGenerator = {
  /** Share of one core while all clients were in, in percent. */
  cpuPercent: number | null;
  /** Sends that were over 10 ms late. */
  lateSends: number;
  /** How late sends were. */
  lateness: LoadTestSummary | null;
};

/** The plan as it is reported. */
export type LoadTestKnobs = {
  /** The server. */
  targetUrl: string;
  /** How the clients receive. */
  mode: LoadTestMode;
  /** Clients in total. */
  clients: number;
  /** Planned length in milliseconds. */
  durationMs: number;
  /** Milliseconds between two updates of one client; 0 when the clients stand still. */
  updateIntervalMs: number;
  /** Milliseconds between two new clients. */
  spawnIntervalMs: number;
  /** One update in this many asked for an ack. */
  ackEvery: number;
  /** Whether the run was measured from when all clients were in and the server had come to rest. */
  fromAllIn: boolean;
  /**
   * Of so many in a hundred clients everything was read, of the others frames and bytes were counted: deliveries,
   * latencies and losses are those of the former.
   */
  readPercent: number;
  /** So many in a hundred clients got single updates, whatever `mode` says. */
  plainPercent: number;
  /** How the crowd came in, where it stood, and how it behaved. */
  crowd: LoadTestCrowd;
};

/** The language of what the clients say. */
export type LoadTestLanguage = "en" | "es";

/** `GET /admin/load-tests`. */
export type LoadTestList = {
  /** How many there are. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first; one that is under way as well. */
  runs: Array<LoadTestRun>;
  /** What a new one may be. */
  terms: LoadTestTerms;
};

/** What had not arrived when it should have. */
export type LoadTestMissing = {
  /** Receivers that do not know the newest state of a sender, summed over senders. */
  lastStates: number;
  /** Updates that neither arrived nor were replaced by one that did. */
  updates: number;
  /** Players that a receiver never heard of. */
  joined: number;
  /** Players that left and that a receiver still believes to be there. */
  left: number;
};

/** How the clients ask for updates of others. */
export type LoadTestMode = "plain" | "batch" | "batch1";

/** What kept the first client from connecting. */
export type LoadTestObstacle = "bad-url" | "no-certificates" | "no-tls" | "unknown-host" | "unreachable" | "too-many-files" | "not-socket-io" | "refused" | "timed-out";

/** What a run was asked to do. */
export type LoadTestPlan = {
  /** The server that is loaded. */
  targetUrl: string;
  /** Whether that is the server that was asked. */
  own: boolean;
  /** Clients in total. */
  clients: number;
  /** Length in milliseconds. */
  durationMs: number;
  /** Milliseconds between two updates of one client. */
  updateIntervalMs: number;
  /** Milliseconds between two new clients. */
  spawnIntervalMs: number;
  /** Milliseconds between two chat messages of one client; 0 for none. */
  chatIntervalMs: number;
  /** How the clients receive. */
  mode: LoadTestMode;
  /** One update in this many asks for an ack. */
  ackEvery: number;
  /** How the crowd comes in, where it stands, and how it behaves. */
  crowd: LoadTestCrowd;
};

/** One point of a distribution: this share of the samples took at most so long. */
export type LoadTestPoint = {
  /** 0 to 1. */
  quantile: number;
  /** Milliseconds. */
  ms: number;
};

/** What processes used during a second. A value is missing where the system does not tell. */
export type LoadTestProcesses = {
  /** Share of one core the load test used, in percent. */
  generatorCpuPercent: number | null;
  /** Share of one core the server used, in percent; over 100 with several threads. */
  serverCpuPercent: number | null;
  /** Resident memory of the server, in bytes. */
  serverMemoryBytes: number | null;
  /** Share of all cores in use on this machine, in percent. */
  hostCpuPercent: number | null;
  /** Share of this machine's memory in use, in percent. */
  hostMemoryPercent: number | null;
};

/** A finished run. As JSON it is what `--json` prints; keys may be added in later versions. */
export type LoadTestReport = {
  /** Version of the program that made it. */
  version: string;
  /** ISO 8601. */
  startedAt: string;
  /** What was asked for. */
  plan: LoadTestKnobs;
  /** How it ended. */
  ended: LoadTestEnding;
  /** Whether the numbers say something about the server; if not, `invalid_because` says why. */
  valid: boolean;
  /** Why the numbers say more about the load test than about the server, as sentences. */
  invalidBecause: Array<string>;
  /** The same for programs. */
  doubts: Array<LoadTestDoubt>;
  /** The limits that were set and how the run stood to them. */
  thresholds: Array<LoadTestVerdict>;
  /** What became of the connections. */
  connections: LoadTestConnections;
  /** Totals. */
  totals: LoadTestTotals;
  /** Distributions over the whole run. */
  latency: LoadTestDistributions;
  /** The load test's own effort. */
  generator: LoadTestGenerator;
  /** The server's effort, where it could be seen. */
  server: LoadTestServer | null;
  /** What went wrong. */
  errors: LoadTestErrors;
  /** One row per second. */
  seconds: Array<LoadTestSecond>;
};

/** One run. */
export type LoadTestRun = {
  /** A UUID. */
  id: string;
  /** The node that leads or led it, as in the list of nodes; `null` for runs of old versions. */
  node: string | null;
  /** How it is. */
  state: LoadTestState;
  /** Why it ended as it did; `null` when it did what was planned. */
  why: LoadTestWhy | null;
  /** Who started it. */
  startedBy: Actor;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  endedAt: string | null;
  /** What was asked for. */
  plan: LoadTestPlan;
  /** What came of it; `null` while it runs, or without a report. */
  figures: LoadTestFigures | null;
};

/** What happened within one second of a run. */
export type LoadTestSecond = {
  /** End of the second, counted from the start of the run, in seconds. */
  atS: number;
  /** Clients that were joined at its end. */
  clients: number;
  /** Updates handed over. */
  sent: number;
  /** Updates handed over, times the receivers each was due at. */
  due: number;
  /** Updates that arrived. */
  delivered: number;
  /** Updates that a newer one replaced. */
  coalesced: number;
  /** Acks of updates. */
  acks: number;
  /** Chat messages handed over. */
  said: number;
  /** Errors of any kind. */
  errors: number;
  /** Payload bytes received. */
  bytesIn: number;
  /** Those of them that clients with single updates received. */
  plainBytesIn: number;
  /** Payload bytes sent. */
  bytesOut: number;
  /** Emit of a join to its ack. */
  join: LoadTestSummary | null;
  /** Emit of an update to its ack. */
  update: LoadTestSummary | null;
  /** Emit of an update to the moment a peer knows it or a newer one. */
  fanout: LoadTestSummary | null;
  /** Age of the states that arrived, at their arrival. */
  age: LoadTestSummary | null;
  /** Begin of a connection to its join's ack. */
  arrival: LoadTestSummary | null;
  /** The part of `fanout` between clients who stand near each other. */
  near: LoadTestSummary | null;
  /** The rest of it. */
  far: LoadTestSummary | null;
  /** Use of processor and memory. */
  processes: LoadTestProcesses;
};

/** What the server needed while all clients were in. */
export type LoadTestServer = {
  /** The process. */
  pid: number;
  /** Share of one core, in percent. */
  cpuPercent: number;
  /**
   * Microseconds of processor time per delivered update: one change of one player received by
   * another client. Nothing when nothing was delivered.
   */
  cpuUsPerDelivery: number | null;
  /** The most memory it had, in bytes. */
  memoryPeakBytes: number;
};

/** How the clients come, and whether they stay. */
export type LoadTestShape = "steady" | "ramp" | "storm" | "restart" | "slow";

/** Where in the world the clients are. */
export type LoadTestSpread = "even" | "clusters" | "square";

/** How a run is. */
export type LoadTestState = "running" | "stopping" | "completed" | "stopped" | "failed";

/** Percentiles of one distribution, in milliseconds with microsecond steps. */
export type LoadTestSummary = {
  /** Number of samples. */
  count: number;
  /** Arithmetic mean. */
  meanMs: number;
  /** Half of the samples are at most this. */
  p50Ms: number;
  /** 90 % are. */
  p90Ms: number;
  /** 95 % are. */
  p95Ms: number;
  /** 99 % are. */
  p99Ms: number;
  /** The longest. */
  maxMs: number;
};

/** What a new run may be. */
export type LoadTestTerms = {
  /** Where this server is loaded when no address is given. */
  ownUrl: string;
  /** Most clients. */
  maxClients: number;
  /** Longest run in milliseconds. */
  maxDurationMs: number;
  /**
   * The run stops itself when 95 % of real players' answers take longer than so many
   * milliseconds; `null` when it does not.
   */
  maxAckMs: number | null;
};

/** Sums over the run. */
export type LoadTestTotals = {
  /** Updates handed over. */
  sent: number;
  /** Acks of updates. */
  acks: number;
  /** Chat messages handed over. */
  said: number;
  /** Deliveries that were due: received, coalesced and lost ones together. */
  due: number;
  /** What arrived, and in which state. */
  deliveries: LoadTestDeliveries;
  /** What did not arrive. */
  missing: LoadTestMissing;
  /** Deliveries per second while all clients were in. */
  deliveredPerSecond: number;
  /** Share of the due deliveries that arrived as such, in percent. */
  deliveredPercent: number | null;
  /** Payload bytes received. */
  bytesIn: number;
  /** Payload bytes sent. */
  bytesOut: number;
  /**
   * Payload bytes received per delivered update while all clients were in; whatever else came
   * counts with them.
   */
  bytesPerStep: number | null;
  /** Payload bytes received per second and client while all clients were in. */
  bytesPerClient: number | null;
  /** The same for clients that got single updates, when the others did not and are counted above alone. */
  bytesPerPlainClient: number | null;
  /**
   * Milliseconds from the start of the crowd, or from the end of the outage, until all clients were
   * in; `null` when they never were.
   */
  allInMs: number | null;
  /** Milliseconds from the last update until everybody knew the last state of everybody; `null` when they never did. */
  settledMs: number | null;
};

/** One limit and how the run stood to it. */
export type LoadTestVerdict = {
  /** The flag's name, such as `max-fanout-p99`. */
  threshold: string;
  /** Whether it was kept. */
  passed: boolean;
  /** The limit in milliseconds, when it is a duration. */
  limitMs: number | null;
  /** What was asked and what came: `41.2 ms, at most 50 ms`. */
  detail: string;
};

/**
 * How the clients move. In either way they have first names with the word "bot" in front, and are marked
 * as bots for whoever looks on.
 */
export type LoadTestWalk = "march" | "people";

/** Why a run ended other than planned. */
export type LoadTestWhy = {
  /** For programs. */
  code: LoadTestWhyCode;
  /** A sentence. */
  message: string;
  /** With `could-not-start`: what was in the way, where that is known. */
  obstacle: LoadTestObstacle | null;
  /** With `players-suffered`: within so many milliseconds 95 % of real players got their answers. */
  ackP95Ms: number | null;
  /** With `players-suffered`: the limit of that. */
  maxAckMs: number | null;
};

/** Why a run ended other than planned. */
export type LoadTestWhyCode = "stopped-by-host" | "players-suffered" | "target-lost" | "server-closed" | "lost-touch" | "process-died" | "overdue" | "could-not-start";

/** How much a line matters; ordered, the gravest first. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/** One line. */
export type LogLine = {
  /** Grows by one with every line of this server, for `after`. */
  seq: number;
  /** ISO 8601. */
  at: string;
  /** How much it matters. */
  level: LogLevel;
  /** The part of the program. */
  target: string;
  /** The sentence. */
  message: string;
  /** What belongs to it, by name. */
  fields: Record<string, string>;
};

/** `admin:logs` to the client. */
export type LogLines = {
  /** Oldest first. */
  lines: Array<LogLine>;
  /** Lines left out because too many came at once. */
  skipped: number;
};

/** `GET /admin/logs`. */
export type LogList = {
  /** Lines that match among those kept. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** Oldest first: the newest `limit` that match. */
  lines: Array<LogLine>;
};

/** `GET /admin/logs` and its export. */
export type LogQuery = {
  /** Lines of this level and graver ones. */
  level?: LogLevel;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** Part of a line. */
  search?: string;
};

/** `{user, token}` of register, login and a password change. The token is also set as a cookie. */
export type LoginAnswer = {
  /** The account. */
  user: UserView;
  /** Good as `Authorization: Bearer` and as `auth.token` of the Socket.IO handshake. */
  token: string;
  /** The new guest token of a client that keeps no cookies; its old one is worth nothing now. */
  guestToken?: string;
};

/** Body of `POST /auth/login`. */
export type LoginBody = {
  /** Trimmed; compared without regard to case. */
  email: string;
  /** As registered. */
  password: string;
  /** The guest token of a client that keeps no cookies. */
  guestToken?: string;
  /** The ticket of the socket that becomes the account's, from `session:ticket`. */
  socketTicket?: string;
};

/** `admin:logs` from the client: from now on lines of this level and graver ones, `null` for none. */
export type LogsRequest = {
  /** `null` ends the lines. */
  level: LogLevel | null;
};

/** A corner of a map that has a name. */
export type MapArea = {
  /** A word that pages translate, such as `plaza`; one they do not know is shown as it is. */
  name: string;
  /** Its edges in world units, inclusive. */
  west: number;
  /** Its edges in world units, inclusive. */
  east: number;
  /** Its edges in world units, inclusive. */
  north: number;
  /** Its edges in world units, inclusive. */
  south: number;
  /** An ellipse that touches the four edges, instead of the whole rectangle. */
  round: boolean;
  /** Where its name stands on a map; absent for what is everywhere else. */
  label?: Spot;
};

/** Outermost tiles, inclusive. */
export type MapBounds = {
  /** Lowest column. */
  west: number;
  /** Highest column. */
  east: number;
  /** Lowest row. */
  north: number;
  /** Highest row. */
  south: number;
};

/** The ground, drawn as text: a letter is a tile. */
export type MapGround = {
  /** What each letter stands for. */
  legend: Record<string, Tile>;
  /** From the north to the south, each from the west to the east. */
  rows: Array<string>;
};

/** Who looks at the live feed. */
export type Me = {
  /** A user id, or `local-host` for the desktop window. */
  id: string;
  /** The name others see. */
  name: string;
  /** At least viewer. */
  role: Role;
  /** What follows from the role. */
  rights: Array<Right>;
};

/** `GET /admin/me`. */
export type MeAnswer = {
  /** The account; `null` for the desktop window, which is the host without one. */
  user: UserView | null;
  /** At least viewer. */
  role: Role;
  /** Whether this is the desktop window. */
  local: boolean;
  /** What the role allows. */
  rights: Array<Right>;
};

/** Answer of restoring a message: `{action, message}`. */
export type MessageAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** As it is now. */
  message: ArchivedMessage;
};

/** Identifies one chat message, unique across restarts and nodes. */
export type MessageId = string;

/** `GET /admin/messages`. */
export type MessageList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  messages: Array<ArchivedMessage>;
};

/** `GET /admin/messages` and its export, which has no pages. */
export type MessageQuery = {
  /** Of an export; `csv` when absent. */
  format?: TableFormat;
  /** From this time on, ISO 8601. */
  from?: string;
  /** With `subject`: only by this person. */
  kind?: PersonKind;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Words of the message. */
  search?: string;
  /** Which ones; `visible` when absent. */
  status?: WantedMessages;
  /** With `kind`: only by this person. */
  subject?: string;
  /** Before this time, ISO 8601. */
  to?: string;
  /** Only by this player id or author. */
  user?: string;
};

/** Whether players may still see a message. */
export type MessageStatus = "visible" | "removed";

/** `moderation:notice`. */
export type ModerationNotice = {
  /** What it is about. */
  kind: NoticeKind;
  /** A sentence for the player. */
  message: string;
  /** The line that was not let through, or that nobody decided about; absent in every other kind. */
  content?: string;
  /** Who says it to this player alone; absent where it is for everybody, and in every other kind. */
  from?: NoticeAuthor;
  /** Names a warning, so that the player can say that they read it (`moderation:read`). */
  id?: string;
  /** What a moderator gave as the reason of a mute, empty for none; absent in every other kind. */
  reason?: string;
  /** Until when a mute holds, ISO 8601. */
  until?: string;
};

/** The light a world is in. */
export type Mood = "day" | "dusk" | "night";

/** Somebody who may not speak. */
export type Mute = {
  /** A UUID. */
  id: string;
  /** What it is about. */
  kind: PersonKind;
  /** An account's id, a guest's digest, or an address. */
  subject: string;
  /** The name the subject had at that time. */
  subjectName: string | null;
  /** What the moderator wrote; may be empty. */
  reason: string;
  /** ISO 8601; `null` for good. */
  until: string | null;
  /** Who imposed it. */
  createdBy: Actor;
  /** ISO 8601. */
  createdAt: string;
  /** When it was lifted, ISO 8601. */
  liftedAt: string | null;
  /** Who lifted it. */
  liftedBy: Actor | null;
  /** Whether it holds now: neither lifted nor over. */
  active: boolean;
  /** What else is known of the person; in lists of bans and mutes, and never for an address. */
  seen?: SeenAs;
};

/** `{action, mute}`. */
export type MuteAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** As it is now. */
  mute: Mute;
};

/** Body of `POST /admin/mutes`. */
export type MuteBody = {
  /** What it is about. */
  kind: PersonKind;
  /** An account's id or a guest's digest. */
  subject: string;
  /** 1 to 5 256 000; `null` for good. */
  minutes: number | null;
  /** At most 500 characters; the player reads it. */
  reason?: string;
};

/** `GET /admin/mutes`. */
export type MuteList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  mutes: Array<Mute>;
};

/** Body of `POST /admin/sessions/{id}/mute`. */
export type MuteSessionBody = {
  /** 1 to 5 256 000; `null` for good. */
  minutes: number | null;
  /** At most 500 characters; the player reads it. */
  reason?: string;
};

/** A mute as a session list shows it. */
export type MutedUntil = {
  /** The mute's id, for `DELETE /admin/mutes/{id}`. */
  id: string;
  /** ISO 8601; `null` for good. */
  until: string | null;
  /** What the moderator wrote; may be empty. */
  reason: string;
};

/** One node of the world. */
export type NodeInfo = {
  /** New at every start. */
  id: string;
  /** Where it listens; `null` where unknown. */
  address: string | null;
  /** Players whose sockets it holds. */
  players: number;
  /** Since its last sign of life, in milliseconds; `null` for a node alone. */
  leaseAgeMs: number | null;
  /** Whether its sign of life is overdue, halfway to being given up. */
  silent: boolean;
  /** How far it is behind the others, in milliseconds; `null` for a node alone. */
  lagMs: number | null;
  /** Version of its server. */
  version: string;
  /** Whether it is the one that answers. */
  self: boolean;
};

/** `GET /admin/nodes`. */
export type NodesAnswer = {
  /** This node first. */
  nodes: Array<NodeInfo>;
};

/** A moderator's note about a person, seen by the administration only. */
export type Note = {
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** Who wrote it. */
  author: Actor;
  /** 1 to 2000 characters. */
  text: string;
};

/** `{note}`. */
export type NoteAnswer = {
  /** As it is now. */
  note: Note;
};

/** Body of `POST /admin/people/{kind}/{subject}/notes`. */
export type NoteBody = {
  /** 1 to 2000 characters. */
  text: string;
};

/** Who looks after the world and speaks to one player. */
export type NoticeAuthor = {
  /** The name people see. */
  name: string;
  /** As what. */
  role: StaffRole;
};

/** What a `ModerationNotice` is about. */
export type NoticeKind = "warned" | "muted" | "unmuted" | "announcement" | "refused" | "lapsed";

/** Why no other machine can reach this server. */
export type Obstacle = "this-computer" | "no-network" | "no-address" | "ipv4-only";

/** Whether the router lets people in from outside, told apart by `state`. */
export type OutsideAccess = {
  state: "off";
} | {
  state: "asking";
} | {
  state: "open";
  /** To read out, with a slash at its end. */
  url: string;
  /** The port on the router, which is another one where that was taken. */
  port: number;
  /** How the router was asked. */
  method: OutsideMethod;
  /** When the router closes it, unless it is renewed, as it is; `null` for a router that never does. */
  until: string | null;
  /** Who came first over this link from outside. */
  reachedBy: Arrival | null;
  /** Whether the server's certificate is for this address; absent where that is not in question. */
  certified?: boolean;
} | {
  state: "failed";
  /** Why. */
  obstacle: OutsideObstacle;
  /** The router's own address, where that is why. */
  address: string | null;
  /** What the router said, for people who know such things. */
  said: string | null;
};

/** How the router was asked for a way in. */
export type OutsideMethod = "pcp" | "nat-pmp" | "upnp";

/** Why nobody outside can come in over the router. */
export type OutsideObstacle = "not-listening" | "no-network" | "no-gateway" | "refused" | "gateway-offline" | "double-nat" | "carrier-nat";

/** Which part of a list is wanted. */
export type PageQuery = {
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
};

/** What somebody is known by. */
export type PersonKind = "account" | "guest";

/** Everything moderation knows about a person. */
export type PersonRecord = {
  /** What the person is known by. */
  kind: PersonKind;
  /** An account's id or a guest's digest. */
  subject: string;
  /** The last name they had. */
  name: string;
  /** The account, if it is one that still exists. */
  user: UserView | null;
  /** ISO 8601; `null` when the person never joined, or was forgotten since. */
  firstSeenAt: string | null;
  /** ISO 8601. */
  lastSeenAt: string | null;
  /** Addresses the person used, newest first, at most 10. */
  addresses: Array<string>;
  /** Bans and mutes, newest first. */
  sanctions: Array<Sanction>;
  /** Newest first. */
  warnings: Array<Warning>;
  /** Newest first. */
  kicks: Array<Kick>;
  /** Newest first. */
  notes: Array<Note>;
  /** Reports about this person, newest first. */
  reports: Array<Report>;
  /** Reports that this person made, newest first. */
  reportsMade: Array<Report>;
  /** The last visits that are over, newest first, at most 20. */
  visits: Array<Visit>;
  /** All that are over and not forgotten. */
  visitTotals: VisitTotals;
  /** Names the person had, newest first, at most 20. */
  names: Array<KnownName>;
  /** The last 20 messages, newest first. */
  messages: Array<ArchivedMessage>;
  /** Others seen under the same addresses, newest first, at most 20. */
  sameAddress: Array<SameAddress>;
};

/** Names one person, as in `/admin/people/{kind}/{subject}`. */
export type PersonRef = {
  /** What the person is known by. */
  kind: PersonKind;
  /** An account's id or a guest's digest. */
  subject: string;
};

/** Where a server is in its life. */
export type Phase = "starting" | "ready" | "draining";

/** An announcement that stands for a while, as moderators see it. */
export type Pin = {
  /** A UUID. */
  id: string;
  /** What everybody reads. */
  message: string;
  /** Since when, ISO 8601. */
  at: string;
  /** Until when, ISO 8601. */
  until: string;
  /** Who announced it. */
  by: Actor;
};

/** An announcement that stands for a while. */
export type PinnedAnnouncement = {
  /** A UUID. */
  id: string;
  /** What everybody reads. */
  message: string;
  /** Since when, ISO 8601. */
  at: string;
  /** Until when, ISO 8601. */
  until: string;
};

/**
 * One player, exactly the keys the contract names.
 *
 * ```json
 * {"id":"ana","name":"Ana","position":{"x":1,"y":0,"z":2},"animation":"idle","metadata":{}}
 * ```
 */
export type Player = {
  /** Unique while held. */
  id: PlayerId;
  /** At most 100 characters; `Player <id>` when none was given. */
  name: string;
  /** Where the player stands. */
  position: Position;
  /** At most 64 characters; `idle` by default. */
  animation: string;
  /** Open data, at most 4096 bytes of JSON. */
  metadata: Record<string, unknown>;
};

/** `player:emoted`. */
export type PlayerEmoted = {
  /** Who shows it. */
  id: PlayerId;
  /** What is shown. */
  name: string;
};

/**
 * The public name of one player in the world, unique while it is held.
 *
 * Trimmed, 1 to 128 characters, free of control and zero-width characters; constructed by
 * `payload::player_id` from a client's text or by
 * `trusted` from a value the server made itself. Cheap to clone.
 */
export type PlayerId = string;

/** `player:left`. */
export type PlayerLeft = {
  /** Who left. */
  id: PlayerId;
};

/** A place in the world, in tiles: x to the right, z towards the viewer, y up. Always finite. */
export type Position = {
  /** To the right. */
  x: number;
  /** Height. */
  y: number;
  /** Towards the viewer. */
  z: number;
};

/** Some coordinates; one that is absent, `null` or not finite keeps its last good value. */
export type PositionPayload = {
  /** To the right. */
  x?: number | null;
  /** Height. */
  y?: number | null;
  /** Towards the viewer. */
  z?: number | null;
};

/** `moderation:read`. */
export type ReadPayload = {
  /** The `id` of the `moderation:notice` that was read. */
  id: string;
};

/** A reason, ready to be chosen. */
export type ReasonTemplate = {
  /** What the person reads. */
  text: string;
  /** How long a mute or ban for it is, in minutes; `null` where the moderator chooses. */
  minutes: number | null;
};

/** `GET /admin/reasons`. */
export type ReasonsAnswer = {
  /** The host's own, in the host's order. */
  reasons: Array<ReasonTemplate>;
  /** The usual ones, in order, for a host who wrote none; empty where there are own ones. */
  usual: Array<UsualReason>;
};

/** `{record}`. */
export type RecordAnswer = {
  /** The record. */
  record: PersonRecord;
};

/** Wire form of `Refusal`. */
export type RefusalAck = {
  /** `false`. */
  ok: false;
  /** A sentence for the player. */
  message: string;
  /** For programs. */
  code: RefusalCode;
  /** The moderator's words alone, where there are any. */
  reason?: string;
  /** Until when it holds, where known. */
  until?: string;
};

/** Why an event was refused, in kebab case on the wire. */
export type RefusalCode = "invalid-payload" | "invalid-player-id" | "reserved-id" | "id-in-use" | "metadata-too-large" | "too-large" | "not-joined" | "empty-message" | "rate-limited" | "banned" | "muted" | "not-allowed" | "held" | "guests-not-allowed" | "pin-required" | "wrong-pin" | "world-full" | "forbidden" | "unavailable" | "unknown-event";

/** Body of `POST /auth/register`, and with `token` of `POST /auth/setup`. */
export type RegisterBody = {
  /** 1 to 40 characters after trimming. */
  username: string;
  /** Trimmed; compared without regard to case. */
  email: string;
  /** 8 to 200 characters. */
  password: string;
  /** The guest token of a client that keeps no cookies. */
  guestToken?: string;
  /** The ticket of the socket that becomes the account's, from `session:ticket`. */
  socketTicket?: string;
  /** Only for the first host: the one-time token of the setup link. */
  token?: string;
};

/** One report. */
export type Report = {
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** Who reported. */
  reporter: ReportedPlayer;
  /** Who was reported. */
  target: ReportedPlayer;
  /** What the reporter wrote; may be empty. */
  reason: string;
  /** Whether somebody looked at it. */
  status: ReportStatus;
  /** Who closed it. */
  closedBy: Actor | null;
  /** ISO 8601. */
  closedAt: string | null;
  /** What the moderator noted when closing it. */
  note: string | null;
};

/** `{action, report}`. */
export type ReportAnswer = {
  /** The line it left in the audit log. */
  action: ActionEntry;
  /** As it is now. */
  report: Report;
};

/** `GET /admin/load-tests/{id}/export`. */
export type ReportExportQuery = {
  /** `html` when absent. */
  format?: ReportFormat;
  /** Of a picture; `light` when absent. */
  theme?: ReportTheme;
};

/** How the report of a load test is written. */
export type ReportFormat = "html" | "json" | "csv" | "png";

/** `GET /admin/reports`. */
export type ReportList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  reports: Array<Report>;
  /**
   * With `answered`: how long the reports that were closed since then had waited, in
   * milliseconds, as their median; absent where none was.
   */
  medianAnswerMs?: number;
};

/** Body of `PATCH /admin/reports/{id}`. */
export type ReportPatch = {
  /** `open` opens it again. */
  status: ReportStatus;
  /** At most 500 characters. */
  note?: string;
};

/** `player:report`. */
export type ReportPayload = {
  /** Who is reported. */
  playerId: string;
  /** Why, truncated like chat. */
  reason?: string;
};

/** `GET /admin/reports`. */
export type ReportQuery = {
  /** From this time on, ISO 8601: how long reports that were closed since then had waited. */
  answered?: string;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Only of this status. */
  status?: ReportStatus;
};

/** Whether somebody looked at a report. */
export type ReportStatus = "open" | "resolved" | "dismissed";

/** The colours of a picture. */
export type ReportTheme = "light" | "dark";

/** Somebody in a report, as they were when it was made. */
export type ReportedPlayer = {
  /** The player. */
  playerId: string;
  /** The name it had. */
  name: string;
  /** What `/admin/people` knows the person by; `null` when the player was already gone. */
  person: PersonRef | null;
  /** A live session of that person now, if there is one. */
  sessionId: string | null;
};

/** Body of `POST /admin/users/:id/password`. */
export type ResetPasswordBody = {
  /** 8 to 200 characters. */
  password: string;
};

/** One thing that not every role may do. Looking needs the role viewer and no right of its own. */
export type Right = "kick" | "warn" | "mute" | "ban" | "chat" | "reports" | "notes" | "announce" | "tell" | "undo" | "kick-all" | "users" | "services" | "webhooks" | "sprites" | "settings" | "logs" | "load-test";

/** What an account may do. Ordered: every role may do what the ones before it may. */
export type Role = "user" | "viewer" | "moderator" | "host";

/** Somebody else who was seen under an address of this person. */
export type SameAddress = {
  /** What they are known by. */
  kind: PersonKind;
  /** An account's id or a guest's digest. */
  subject: string;
  /** The last name they had. */
  name: string;
  /** ISO 8601. */
  lastSeenAt: string;
  /** Whether one of their sockets is open now. */
  online: boolean;
};

/**
 * One second of a node. Counts are of that second, percentiles of the last ten, and the rest is as it
 * was at its end.
 */
export type Sample = {
  /** The end of the second, ISO 8601. */
  at: string;
  /** Players in the world, bots of load tests among them. */
  players: number;
  /** Bots among `players`, counted at the same moment. */
  bots: number;
  /** Open sockets, joined or looking on. */
  sockets: number;
  /** Players who came in, bots among them. */
  joins: number;
  /** Players who left, bots among them. */
  leaves: number;
  /** Bots among `joins`. */
  botJoins: number;
  /** Bots among `leaves`. */
  botLeaves: number;
  /** Chat messages said, by bots of load tests as well. */
  messages: number;
  /** What bots of load tests said of `messages`. */
  botMessages: number;
  /** `player:update` events accepted. */
  updates: number;
  /** Changes of one player handed to another client. */
  deliveries: number;
  /** Updates replaced by a newer one before they were sent. */
  coalesced: number;
  /** Flushes in the last ten seconds, which the percentiles are of. */
  flushes: number;
  /** Half of the flushes took at most this long; `null` without a flush. */
  flushP50Ms: number | null;
  /** 95 of 100 flushes; `null` below 20 flushes, where it would be the slowest one. */
  flushP95Ms: number | null;
  /** 99 of 100 flushes; `null` below 100 flushes. */
  flushP99Ms: number | null;
  /** From receiving an event to handing over its ack, 95 of 100; `null` below 20 events. */
  ackP95Ms: number | null;
  /** Share of one core this process used (over 100 with several). */
  cpuPercent: number;
  /** Resident memory of this process. */
  memoryBytes: number;
  /** Share of all cores in use on this machine. */
  hostCpuPercent: number;
  /** Share of this machine's memory in use. */
  hostMemoryPercent: number;
  /** Clients that were disconnected in this second because they could not keep up. */
  slowClients: number;
};

/** A ban or a mute in a person's record, told apart by `type`. */
export type Sanction = {
  type: "ban";
} & Ban | {
  type: "mute";
} & Mute;

/** What a ban or mute is about. A mute is never about an address. */
export type SanctionKind = "account" | "guest" | "address";

/** `GET /admin/bans` and `GET /admin/mutes`. */
export type SanctionQuery = {
  /** Only those that hold now, or only those that do not. */
  active?: boolean;
  /** Only those that this actor imposed. */
  by?: string;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Part of a name, a subject or a reason. */
  search?: string;
};

/**
 * What a service account may do. Each route and the live feed declare which scopes open them
 * (`scopes`); nothing follows from one scope for another.
 */
export type Scope = "read" | "moderate" | "announce" | "join";

/** As whom a person was seen. */
export type SeenAs = {
  /** Visits that are over. */
  visits: number;
  /** Names they had, in all. */
  names: number;
  /** Those beside `subjectName`, newest first, at most 5. */
  otherNames: Array<string>;
};

/** About the server that answers. */
export type ServerInfo = {
  /** The world's name. */
  name: string;
  /** Version of the server. */
  version: string;
  /** This node's id. */
  node: string;
  /** ISO 8601. */
  startedAt: string;
  /** Whether it takes players. */
  state: ServerState;
  /** The worst of all checks. */
  health: HealthStatus;
  /** Why it is degraded, as sentences. */
  reasons: Array<string>;
  /** How it stands to other nodes. */
  cluster: Cluster;
  /** Addresses to hand to players, best first. */
  links: Array<string>;
  /** Whether guests need the join PIN; hosts read it in the settings. */
  pinRequired: boolean;
  /** The world. */
  world: WorldInfo;
  /** Reasons that the host offers to moderators; empty where they are offered the usual ones. */
  reasonTemplates: Array<ReasonTemplate>;
  /** Seconds between two lines of one person; 0 without slow mode. */
  slowModeSeconds: number;
  /** Words on the word list. */
  unwantedWords: number;
  /** Whether a line with one of them waits for a moderator; otherwise nobody reads it. */
  holdsLines: boolean;
  /** The announcement that stands for a while; absent without one. */
  pinned?: Pin;
};

/** Whether a server takes players. */
export type ServerState = "running" | "draining";

/**
 * A service account.
 *
 * ```json
 * {"id":"0b9f...","name":"Greeter","scopes":["read","join"],"createdBy":{"id":"77aa...","name":"Ana"},"makerIsHost":true,
 *  "createdAt":"2025-01-02T03:04:05.678Z","lastUsedAt":null}
 * ```
 */
export type ServiceAccount = {
  /** A UUID, which is also the player id it joins with. */
  id: string;
  /** The name others see. */
  name: string;
  /** What its token may do. */
  scopes: Array<Scope>;
  /** The host who made it. */
  createdBy: Actor;
  /** Whether that one is a host still, and let in. Whoever made a token may have kept it. */
  makerIsHost: boolean;
  /** ISO 8601. */
  createdAt: string;
  /** When its token was last shown, ISO 8601, to the minute; `null` if never. */
  lastUsedAt: string | null;
};

/** Answer of making a service account: `{service, token, action}`. */
export type ServiceAnswer = {
  /** As it is now. */
  service: ServiceAccount;
  /** What the program shows as bearer and as `auth.token`. It is kept as a digest only. */
  token: string;
  /** The line it left in the audit log. */
  action: ActionEntry;
};

/** Body of `POST /admin/service-accounts`. */
export type ServiceBody = {
  /** 1 to 40 characters, like a username. */
  name?: string;
  /** One or more of `read`, `moderate`, `announce`, `join`. */
  scopes?: Array<string>;
};

/** `GET /admin/service-accounts`. */
export type ServiceList = {
  /** All of them, newest first. */
  services: Array<ServiceAccount>;
  /** How many there may be. */
  most: number;
};

/** `{user: null | {...}}` of `GET /auth/session`. */
export type SessionAnswer = {
  /** The account, if the caller is logged in. */
  user: UserView | null;
};

/** `GET /admin/sessions/{id}`. */
export type SessionDetail = {
  /** The socket. */
  session: AdminSession;
  /** What is known about the person. */
  record: PersonRecord;
};

/** What a socket is. */
export type SessionKind = "account" | "guest" | "bot";

/** `GET /admin/sessions`. */
export type SessionList = {
  /** How many match. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  sessions: Array<AdminSession>;
};

/** What changes all the time about a socket; replaces the same fields of its `AdminSession`. */
export type SessionMove = {
  /** Whose. */
  id: string;
  /** When its last event came, ISO 8601. */
  lastActiveAt: string;
  /** Where the player stands. */
  position: Position | null;
  /** Round trip of the last heartbeat in milliseconds; `null` where unknown (polling). */
  pingMs: number | null;
};

/** `GET /admin/sessions`. */
export type SessionQuery = {
  /** Only who is in, or only who looks on. */
  joined?: boolean;
  /** Only of this kind. */
  kind?: SessionKind;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** Only of this node. */
  node?: string;
  /** How many to skip. */
  offset?: number;
  /** Part of a name, an id or an address. */
  search?: string;
};

/** `session:terminated`: the last event of a session; the connection closes next. */
export type SessionTerminated = {
  /** What a moderator wrote, or the same sentence as `message`. */
  reason: string;
  /** For programs. */
  code: TerminationCode;
  /** A sentence for the player. */
  message: string;
  /** Until when the ban lasts, ISO 8601; absent when that is not known or for good. */
  until?: string;
};

/** What a setting's value is. */
export type SettingKind = "text" | "number" | "boolean" | "choice" | "minutes";

/** Who set the value in force. */
export type SettingSource = "default" | "file" | "environment" | "flag" | "database";

/** One setting. */
export type SettingView = {
  /** Its name in the environment in lower case, such as `world_name`. */
  key: string;
  /**
   * The value in force, of the type that `kind` says; `null` when there is none, or it is secret
   * and must not be shown.
   */
  value: string | number | boolean | null;
  /** The value when nobody sets it. */
  default: string | number | boolean | null;
  /** Who set it. */
  source: SettingSource;
  /** What the value is. */
  kind: SettingKind;
  /** Completes "it must be ...". */
  accepts: string;
  /** Never shown. */
  secret: boolean;
  /** Whether there is a value, also when it is secret. */
  set: boolean;
  /** Whether a host may change it here. */
  editable: boolean;
  /** Whether a change counts only after a restart. */
  restart: boolean;
  /** Under which heading it belongs. */
  section: string;
  /** One sentence. */
  help: string;
  /** The values a choice has. */
  choices?: Array<string>;
};

/** `GET /admin/settings`, and the answer of `PATCH`. */
export type SettingsAnswer = {
  /** Editable ones first, then by section. */
  settings: Array<SettingView>;
};

/**
 * Body of `PATCH /admin/settings`: values by key; `null` gives a setting back to file,
 * environment and default.
 */
export type SettingsPatch = {
  /** At least one. */
  values: Record<string, string | number | boolean | null>;
};

/** The 400 of `PATCH /admin/settings`: nothing was changed. */
export type SettingsRefusal = {
  /** A sentence. */
  message: string;
  /** `invalid-settings`. */
  code: string;
  /** A sentence for each key that cannot be taken. */
  fields: Record<string, string>;
};

/** `world:state`: what a socket gets first, and what a join's ack carries as `state`. */
export type Snapshot = {
  /** About the world. */
  world: WorldInfo;
  /** Everybody who is in, in no particular order. */
  players: Array<Player>;
  /** The last 50 messages, oldest first. */
  chat: Array<ChatMessage>;
  /** All sprites. */
  spriteAtlas: SpriteAtlas;
};

/** A round place where newcomers stand. */
export type Spawn = {
  /** Its middle, where one can always stand. */
  x: number;
  /** Its middle, where one can always stand. */
  z: number;
  /** How far from it, in tiles. */
  radius: number;
};

/** A place on the ground, in world units. */
export type Spot = {
  /** To the right. */
  x: number;
  /** Towards the viewer. */
  z: number;
};

/** One sprite sheet that a player may wear. */
export type Sprite = {
  /** Stable id, the one `metadata.spriteAssetId` names. */
  id: string;
  /** Shown to people. */
  name: string;
  /** A free word such as `avatar` or `prop`. */
  category: string;
  /** Path of the image under `/static`, same origin as the gateway. */
  imageUrl: string;
  /** How the sheet divides into frames: `{frameWidth, frameHeight, rows, framesPerRow}` and anything else. */
  metadata: Record<string, unknown>;
  /** ISO 8601. */
  createdAt: string;
};

/** `{sprite}`. */
export type SpriteAnswer = {
  /** As it is now. */
  sprite: Sprite;
};

/** All sprites of the world, by list and by id. */
export type SpriteAtlas = {
  /** Grows by one with every change. */
  version: number;
  /** ISO 8601 time of the last change. */
  updatedAt: string;
  /** In order of creation. */
  sprites: Array<Sprite>;
  /** The same sprites by id. */
  lookup: Record<string, Sprite>;
};

/** What draws a sprite. */
export type SpriteGenerator = "procedural";

/** `{total, limit, offset, assets}`. */
export type SpriteList = {
  /** How many there are in all. */
  total: number;
  /** Most that this page may hold. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** In order of creation. */
  assets: Array<Sprite>;
};

/** Body of `POST /admin/assets/sprites/generate`. */
export type SpriteOrder = {
  /** Shown to people. */
  name: string;
  /** A word; `avatar` makes a sprite that people can wear. */
  category: string;
  /** Who is to be drawn, in English words. */
  description?: string;
  /** `procedural`. */
  generator?: SpriteGenerator;
};

/** Body of `PATCH /admin/assets/sprites/{id}`: at least one field. */
export type SpritePatch = {
  /** A word such as `avatar` or `prop`. */
  category?: string;
  /** Merges key by key; `null` takes a key away. */
  metadata?: Record<string, unknown>;
  /** Shown to people. */
  name?: string;
};

/** `POST /admin/assets/sprites/preview`: what `generate` would make, kept nowhere. */
export type SpritePreview = {
  /** A PNG as a `data:` address. */
  image: string;
  /** How it divides into frames. */
  metadata: Record<string, unknown>;
};

/** `GET /assets/sprites` and `GET /admin/assets/sprites`. */
export type SpriteQuery = {
  /** Only of this category. */
  category?: string;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
};

/**
 * JSON body of `POST /admin/assets/sprites`; the same names as multipart fields, where `image` is
 * the file and `metadata` JSON text.
 */
export type SpriteUpload = {
  /** Shown to people. */
  name: string;
  /** A word such as `avatar` or `prop`. */
  category: string;
  /** A PNG as base64, with or without `data:image/png;base64,` before it. */
  image: string;
  /** How the image divides into frames; made from its size when absent. */
  metadata?: Record<string, unknown>;
};

/**
 * Somebody who is in and looks after the world. Nothing else says so of a player: metadata may hold
 * anything.
 */
export type StaffMember = {
  /** The player's id, which is that of the account. */
  id: string;
  /** As what. */
  role: StaffRole;
};

/** As what somebody looks after the world. */
export type StaffRole = "host" | "moderator";

/** `GET /admin/stats`. */
export type StatsAnswer = {
  /** The newest sample. */
  now: Sample;
  /** One a second, oldest first, at most 300. */
  history: Array<Sample>;
};

/** How an export is written. */
export type TableFormat = "csv" | "json";

/** Why a session was ended by the server. */
export type TerminationCode = "duplicate" | "kicked" | "banned" | "shutdown" | "slow-consumer" | "flooding" | "idle";

/** One thing at its place. */
export type Thing = {
  /** What it is. */
  kind: ThingKind;
  /** The middle of its foot. */
  x: number;
  /** The middle of its foot. */
  z: number;
  /** 1 is as large as it was drawn. */
  size: number;
  /** The colour of what can be coloured in it. */
  tint: Tint;
};

/** What can stand on a map. */
export type ThingKind = "house" | "dome" | "gate" | "cypress" | "stall" | "tree" | "lamp" | "bench" | "flowers" | "lighthouse" | "sailboat" | "rowboat" | "bollard" | "rose";

/** Ack of `session:ticket`. */
export type TicketAck = {
  /** `true`. */
  ok: true;
  /** Good for one login, as `socketTicket`; the next one asked for replaces it. */
  ticket: string;
};

/** One tile of the ground. */
export type Tile = {
  /** What it is made of. */
  ground: Ground;
  /** Where its top lies, in tiles above the height 0. */
  height: number;
};

/** A colour of the world's palette. */
export type Tint = "red" | "blue" | "leaf" | "mint" | "blossom";

/** How a socket's frames travel now. */
export type TransportKind = "websocket" | "polling";

/** Ack of `player:update`. */
export type UpdateAck = {
  /** `true`. */
  ok: true;
  /** The player as it now is. */
  player: Player;
};

/** `player:update`: only what it carries changes. */
export type UpdatePayload = {
  /** Shortened to 64 characters. */
  animation?: string;
  /** Merges key by key, `appearance` in it as well; `null` is a value. */
  metadata?: Record<string, unknown>;
  /** Shortened to 100 characters. */
  name?: string;
  /** The coordinates that change. */
  position?: PositionPayload;
};

/** `{user}`. */
export type UserAnswer = {
  /** The account. */
  user: UserView;
};

/** `GET /admin/users`. */
export type UserList = {
  /** How many match the search. */
  total: number;
  /** The page size in force. */
  limit: number;
  /** How many were skipped. */
  offset: number;
  /** Newest first. */
  users: Array<UserView>;
};

/** Body of `PATCH /admin/users/:id`: only what it carries changes. */
export type UserPatch = {
  /** Ban for good, or lift that. */
  isBanned?: boolean;
  /** `user`, `viewer`, `moderator`, `host`, or `admin` for host. */
  role?: string;
  /** Shown to the suspended or banned person; `null` clears it. */
  suspensionReason?: string | null;
  /** ISO 8601; `null` lifts the suspension. */
  suspensionUntil?: string | null;
};

/** `GET /admin/users`. */
export type UserQuery = {
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Part of a name or an e-mail address. */
  search?: string;
};

/**
 * An account as its owner and the administration see it. Holds nothing about its password.
 *
 * ```json
 * {"id":"0b9f...","username":"Ana","email":"ana@example.org","role":"user","isBanned":false,
 *  "suspensionUntil":null,"suspensionReason":null,"createdAt":"2025-01-02T03:04:05.678Z"}
 * ```
 */
export type UserView = {
  /** A UUID, which is also the account's player id. */
  id: string;
  /** The name others see. */
  username: string;
  /** For logging in. */
  email: string;
  /** What the account may do. */
  role: Role;
  /** Whether the account is banned for good. */
  isBanned: boolean;
  /** Until when the account is suspended, ISO 8601; `null` when it is not. */
  suspensionUntil: string | null;
  /** What the moderator wrote. */
  suspensionReason: string | null;
  /** ISO 8601. */
  createdAt: string;
};

/** A usual reason, which each page says in its reader's language. */
export type UsualReason = "following" | "insults" | "spam" | "blocking";

/** A visit of a person that is over. */
export type Visit = {
  /** A UUID. */
  id: string;
  /** When it began, ISO 8601. */
  beganAt: string;
  /** When it ended, ISO 8601. */
  endedAt: string;
  /** The name the player had. */
  name: string;
  /** How it ended. */
  how: VisitEnd;
};

/** How a visit ended. */
export type VisitEnd = "left" | "lost" | "elsewhere" | "kicked" | "banned" | "slow" | "flooding" | "idle" | "closed";

/** `GET /admin/visits`. */
export type VisitQuery = {
  /** Only those that ended from this moment on. */
  from?: string;
  /** How many, at most 200; 50 when absent. */
  limit?: number;
  /** How many to skip. */
  offset?: number;
  /** Part of a name. */
  search?: string;
  /** Only those that ended before this one. */
  to?: string;
};

/** All visits that are over, in numbers. */
export type VisitTotals = {
  /** How many there were. */
  count: number;
  /** How long they were together, in milliseconds. */
  totalMs: number;
};

/** Which messages are wanted. */
export type WantedMessages = "visible" | "removed" | "all";

/** A warning somebody got. */
export type Warning = {
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** What the person read. */
  message: string;
  /** Who warned. */
  by: Actor;
  /** When the person said that they read it, ISO 8601; `null` as long as they did not. */
  readAt: string | null;
};

/** A hook. */
export type Webhook = {
  /** A UUID. */
  id: string;
  /** How hosts call it. */
  name: string;
  /** Where it is told. */
  url: string;
  /** Of what. */
  events: Array<HookEvent>;
  /** Who made it. */
  createdBy: Actor;
  /** Whether that one is a host still, and let in. Whoever made a hook may have kept its secret. */
  makerIsHost: boolean;
  /** ISO 8601. */
  createdAt: string;
  /** Failures since the last delivery that was taken. */
  failures: number;
  /** Since when it is paused for too many, ISO 8601; what waits goes on waiting. */
  pausedAt: string | null;
  /** When it last took something, a trial included, ISO 8601; `null` when it never has. */
  toldAt: string | null;
};

/** Answer of making a hook: `{webhook, secret, action}`. */
export type WebhookAnswer = {
  /** As it is now. */
  webhook: Webhook;
  /** Signs what is sent. It is in this answer and nowhere else. */
  secret: string;
  /** The line it left in the audit log. */
  action: ActionEntry;
};

/** Body of `POST /admin/webhooks`. */
export type WebhookBody = {
  /** One or more of `report`, `ban`, `kick`, `crowd`, `trouble`. */
  events?: Array<string>;
  /** 1 to 40 characters. */
  name?: string;
  /** An http or https address of the internet, or of a host that `WEBHOOK_PRIVATE_HOSTS` names. */
  url?: string;
};

/** `GET /admin/webhooks`. */
export type WebhookList = {
  /** All of them, newest first. */
  webhooks: Array<Webhook>;
  /** How many there may be. */
  most: number;
};

/** Body of `POST /admin/words/try`. */
export type WordTrial = {
  /** What somebody might say, at most 500 characters. */
  text: string;
  /** A word list to try, its words between commas; absent for the one in force. */
  words?: string;
};

/** `{exact, folded}`: what a word list would find in a text. */
export type WordTrialAnswer = {
  /** The first word found as it is written; `null` for none. */
  exact: string | null;
  /** The first word found where letters that look alike count as the same; `null` for none. */
  folded: string | null;
};

/** Body of a warning and of a word to one player. */
export type WordsBody = {
  /** 1 to 500 characters; the player reads it. */
  message: string;
};

/**
 * `GET /admin/history`. Bots of load tests are in the load of the server, and in nothing that counts
 * people.
 */
export type WorldHistory = {
  /** What was asked for. */
  range: HistoryRange;
  /** The beginning of the first stretch, ISO 8601. */
  from: string;
  /** The end of the last one, ISO 8601: as far as every node has written. */
  until: string;
  /** How long each stretch is. */
  stepSeconds: number;
  /** Oldest first. A stretch in which the server was closed is left out. */
  points: Array<HistoryPoint>;
  /** `null` when nobody was here. */
  peak: HistoryPeak | null;
  /** People who were seen for the first time. */
  newcomers: number;
  /** Visits that ended, and those that go on. */
  visits: number;
  /** Of them those that go on. */
  here: number;
  /** How long people were here in that time, all together, in milliseconds. */
  spentMs: number;
  /** How visits ended; ways in which none did are left out. */
  endings: Array<EndingCount>;
};

/** What a world says about itself. */
export type WorldInfo = {
  /** Stable id of this world. */
  id: string;
  /** The name the host gave it. */
  name: string;
  /** One sentence. */
  description: string;
  /** The light it is in. */
  mood: Mood;
  /** The announcement that stands for a while, also for those who come in later; absent without one. */
  pinned?: PinnedAnnouncement;
  /** How many players are in: only in a closed world, where they are not shown themselves. */
  playersOnline?: number;
  /** The number of the protocol that the server speaks; absent means 1. */
  protocol?: number;
  /** Who looks after the world, of those who are in; absent where people are not shown. */
  staff?: Array<StaffMember>;
};

/** A map: everything that has to be known to draw it and to walk on it. */
export type WorldMap = {
  /** What `metadata.mapId` says of a player who walks here. */
  id: string;
  /** Its outermost tiles. Beyond them lies the open sea. */
  bounds: MapBounds;
  /** Where newcomers stand; the first is where a world without people is looked at. */
  spawns: Array<Spawn>;
  /** What one walks on. */
  ground: MapGround;
  /** What stands there. Of two in the same row the later one is in front. */
  things: Array<Thing>;
  /** Names for its corners: the first that holds a spot names it. */
  areas: Array<MapArea>;
  /** The light it is in unless the world says otherwise. */
  mood: Mood;
};

/** `world:mood`. */
export type WorldMood = {
  /** The light the world is in from now on. */
  mood: Mood;
};

/** `world:pinned`. */
export type WorldPinned = {
  /** What stands from now on; `null` for nothing. */
  pinned: PinnedAnnouncement | null;
};

/** `world:staff`: everybody of them, which replaces the list before. */
export type WorldStaff = {
  /** Each once, in no particular order. */
  staff: Array<StaffMember>;
};

/** `{ticket}`: with it the player page is entered as who asked. */
export type WorldTicketAnswer = {
  /** Good once, for a minute; a link carries it as `/#enter=<ticket>`. */
  ticket: string;
};

/**
 * The layers of a look that a player chose. One that is missing was not chosen and follows from the
 * player's id; `null` is off.
 */
export type Worn = {
  /** The face. */
  face?: string | null;
  /** Hair or hat. */
  hair?: string | null;
  /** The clothes. */
  outfit?: string | null;
  /** The shoes. */
  shoes?: string | null;
};

/** What clients send: the payload, `undefined` for none, and the ack unless it is a `RefusalAck`. */
export type ClientEvents = {
  /** Become a player, or refresh the one this socket already is. */
  "player:join": { payload: JoinPayload; ack: JoinAck };
  /** Change some of the own player's fields. */
  "player:update": { payload: UpdatePayload; ack: UpdateAck };
  /** Show a feeling over the own player's head for a moment; nothing is kept of it. */
  "player:emote": { payload: EmotePayload; ack: DoneAck };
  /** Say something. */
  "chat:message": { payload: ChatPayload; ack: ChatAck };
  /** Give the player up and stay as an onlooker. */
  "player:leave": { payload: undefined; ack: DoneAck };
  /** Ask for the ticket by which a login takes this socket along. */
  "session:ticket": { payload: undefined; ack: TicketAck };
  /** Ask for the whole world again, because what this client knows of it cannot be right. */
  "world:resync": { payload: undefined; ack: DoneAck };
  /** Tell the moderators about another player. */
  "player:report": { payload: ReportPayload; ack: DoneAck };
  /** Say that the player read a warning. */
  "moderation:read": { payload: ReadPayload; ack: DoneAck };
};

/** What the server sends. */
export type ServerEvents = {
  /** The whole world, which replaces what a client knows. */
  "world:state": Snapshot;
  /** Who looks after the world, of those who are in: somebody of them came or went, or has another role. */
  "world:staff": WorldStaff;
  /** The light the world is in changed, for everybody at once. */
  "world:mood": WorldMood;
  /** Another announcement stands for a while, or none any more. Whoever comes in later finds it in `world:state`. */
  "world:pinned": WorldPinned;
  /** Somebody came in, or took over from their other window. */
  "player:joined": Player;
  /** One player's newest state, whole. */
  "player:updated": Player;
  /** Somebody shows a feeling. A client that does not know the name shows nothing. */
  "player:emoted": PlayerEmoted;
  /** What changed since the last one, as one binary attachment; see [batched](#batched-updates) and [streamed](#streamed-updates) updates. */
  "players:updated": Attachment;
  /** Events that everybody gets, one or many, as one binary attachment; see [packed events](#packed-events). */
  "events:packed": Attachment;
  /** Somebody left. */
  "player:left": PlayerLeft;
  /** Something was said. */
  "chat:message": ChatMessage;
  /** A moderator removed a message. */
  "chat:removed": ChatRemoved;
  /** A removed message is back; put it in its place by its timestamp. */
  "chat:restored": ChatMessage;
  /** The set of sprites changed. */
  "sprites:atlasUpdated": SpriteAtlas;
  /** A word from a moderator to one player or to all. Kinds: `warned` (with the `id` for [`moderation:read`](#moderationread)), `muted`, `unmuted`, `announcement` (to everybody, or with `from` to this player alone), `refused` (a moderator did not let a held line through, which is in `content`), `lapsed` (no moderator decided about a held line in time; it is in `content`). A client that does not know a kind shows the `message`, or nothing. */
  "moderation:notice": ModerationNotice;
  /** This session is over and why; the connection closes next. */
  "session:terminated": SessionTerminated;
};

/** What clients send in the namespace of the administration. */
export type FeedClientEvents = {
  /** Ask for a fresh `admin:state`. */
  "admin:resync": { payload: undefined; ack: DoneAck };
  /** Say which lines of the server's log are wanted; for hosts. */
  "admin:logs": { payload: LogsRequest; ack: DoneAck };
};

/** What the server sends in the namespace of the administration. */
export type FeedServerEvents = {
  /** Everything, which replaces what a client knows. */
  "admin:state": AdminState;
  /** What changed since the one before; at most four times a second. */
  "admin:changes": AdminChanges;
  /** Lines of the server's log. */
  "admin:logs": LogLines;
  /** The feed is over; the connection closes next. */
  "admin:ended": AdminEnded;
};

/** Every call: what stands in its path, what its address may ask for, its body and its answer. */
export type Calls = {
  /** Makes an account and logs it in, with the cookies `auth_token` and `device_token`. 409 when name or e-mail is taken, or the name looks like another account's or is reserved. */
  register: { path: undefined; query: undefined; body: RegisterBody; answer: LoginAnswer };
  /** Makes the first host, by the one-time token of the setup link, while no host can log in. */
  setUp: { path: undefined; query: undefined; body: RegisterBody; answer: LoginAnswer };
  /** Logs in, with the cookies. 401 for wrong credentials. */
  logIn: { path: undefined; query: undefined; body: LoginBody; answer: LoginAnswer };
  /** Logs in with a ticket of the administration, with the cookies. 401 for one that is used or over. */
  enter: { path: undefined; query: undefined; body: EnterBody; answer: LoginAnswer };
  /** Logs out; the live sockets of that browser are released. */
  logOut: { path: undefined; query: undefined; body: undefined; answer: SessionAnswer };
  /** Says who is logged in; `user` is `null` for a guest. */
  session: { path: undefined; query: undefined; body: undefined; answer: SessionAnswer };
  /** The caller's account. 401 for a guest. */
  account: { path: undefined; query: undefined; body: undefined; answer: UserAnswer };
  /** Deletes the caller's account for good, with everything kept with it. */
  deleteAccount: { path: undefined; query: undefined; body: DeleteAccountBody; answer: undefined };
  /** Changes the caller's password and ends every other login of the account. */
  changePassword: { path: undefined; query: undefined; body: ChangePasswordBody; answer: LoginAnswer };
  /** The caller's avatar; `null` when there is none. */
  avatar: { path: undefined; query: undefined; body: undefined; answer: AvatarAnswer };
  /** Makes or changes the caller's avatar: 201 when made, 200 when changed; layers are merged. */
  keepAvatar: { path: undefined; query: undefined; body: AvatarBody; answer: AvatarAnswer };
  /** The sprites of the world. */
  worldSprites: { path: undefined; query: SpriteQuery; body: undefined; answer: SpriteList };
  /** The atlas, the one in the snapshot. */
  atlas: { path: undefined; query: undefined; body: undefined; answer: AtlasAnswer };
  /** The image of a sprite. */
  spriteImage: { path: { file: string }; query: ImageQuery; body: undefined; answer: Blob };
  /** How the server is, for operators. */
  health: { path: undefined; query: undefined; body: undefined; answer: HealthBody };
  /** Whether new players should come here, for load balancers; 503 with the same body while starting and closing. */
  ready: { path: undefined; query: undefined; body: undefined; answer: HealthBody };
  /** What the server counts, for Prometheus. Programs on the server's machine need no login. */
  metrics: { path: undefined; query: undefined; body: undefined; answer: Blob };
  /** This interface, as OpenAPI 3.1. */
  openapi: { path: undefined; query: undefined; body: undefined; answer: Blob };
  /** The events, as AsyncAPI 3.0. */
  asyncapi: { path: undefined; query: undefined; body: undefined; answer: Blob };
  /** Who the caller is and what they may do. */
  me: { path: undefined; query: undefined; body: undefined; answer: MeAnswer };
  /** Makes a ticket that logs the player page in as the caller. The desktop window, which has no account, gets one for that. */
  worldTicket: { path: undefined; query: undefined; body: undefined; answer: WorldTicketAnswer };
  /** Live sockets. */
  sessions: { path: undefined; query: SessionQuery; body: undefined; answer: SessionList };
  /** One of them, with its person's record. 404 `session-gone`. */
  sessionDetail: { path: { id: string }; query: undefined; body: undefined; answer: SessionDetail };
  /** A person: visits, names, sanctions, warnings and whether they were read, kicks, notes, reports about and by them, the last messages, who else used the address. */
  record: { path: { kind: string; subject: string }; query: undefined; body: undefined; answer: RecordAnswer };
  /** Visits that are over. With `to` as the moment of the first page, no later page moves. */
  visits: { path: undefined; query: VisitQuery; body: undefined; answer: EndedVisitList };
  /** What was said before a report, warning, kick, mute or ban, kept with it under its id. */
  evidence: { path: { act: string }; query: undefined; body: undefined; answer: EvidenceAnswer };
  /** What people look like, or did when last seen; whom nobody knows is left out. */
  faces: { path: undefined; query: FacesQuery; body: undefined; answer: FaceList };
  /** Ends a session. 503 `not-recorded`: it ended, but that could not be written down. */
  kick: { path: { id: string }; query: undefined; body: KickBody; answer: ActionAnswer };
  /** Ends the session of a player, by the player's id. 503 `not-recorded` as with a session's. */
  kickPlayer: { path: { id: string }; query: undefined; body: KickBody; answer: ActionAnswer };
  /** Ends every session that plays; the caller's own stay. 503 `not-recorded`: they ended, but that could not be written down. */
  kickAll: { path: undefined; query: undefined; body: KickBody; answer: CountAnswer };
  /** Warns a player. */
  warn: { path: { id: string }; query: undefined; body: WordsBody; answer: ActionAnswer };
  /** Says something to one player alone, as who the caller is. */
  tell: { path: { id: string }; query: undefined; body: WordsBody; answer: ActionAnswer };
  /** Says something to everybody; it stands in the chat as well, and with `pinMinutes` above it for so long. */
  announce: { path: undefined; query: undefined; body: AnnouncementBody; answer: AnnouncementAnswer };
  /** Takes away the announcement that stands. 404 where none does. */
  unpin: { path: undefined; query: undefined; body: undefined; answer: undefined };
  /** Whom a ban would keep out; the address is the network, as `192.0.2.7` or `2001:db8:1:2::/64`. */
  banPreview: { path: { id: string }; query: undefined; body: undefined; answer: BanPreview };
  /** Keeps people out: those of a session, or those named. An address stands for itself or its IPv6 /64; a block is written as `10.1.0.0/16`. */
  ban: { path: undefined; query: undefined; body: BanBody; answer: BanAnswer };
  /** Bans. */
  bans: { path: undefined; query: SanctionQuery; body: undefined; answer: BanList };
  /** Lifts a ban. */
  unban: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** What moderators are offered as reasons: the host's own, else the usual ones. */
  reasons: { path: undefined; query: undefined; body: undefined; answer: ReasonsAnswer };
  /** Takes the word from who plays in a session. */
  muteSession: { path: { id: string }; query: undefined; body: MuteSessionBody; answer: MuteAnswer };
  /** Takes the word from a person. */
  mutePerson: { path: undefined; query: undefined; body: MuteBody; answer: MuteAnswer };
  /** Mutes. */
  mutes: { path: undefined; query: SanctionQuery; body: undefined; answer: MuteList };
  /** Lifts a mute. */
  unmute: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** What was said. */
  messages: { path: undefined; query: MessageQuery; body: undefined; answer: MessageList };
  /** All messages that match, as a file. */
  exportMessages: { path: undefined; query: MessageQuery; body: undefined; answer: Blob };
  /** Takes a message down. */
  removeMessage: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** Puts a message back. */
  restoreMessage: { path: { id: string }; query: undefined; body: undefined; answer: MessageAnswer };
  /** Lines that wait for a moderator; nobody else has read them. */
  heldLines: { path: undefined; query: PageQuery; body: undefined; answer: HeldList };
  /** Lets a held line through: everybody reads it now. */
  allowLine: { path: { id: string }; query: undefined; body: undefined; answer: ActionAnswer };
  /** Nobody reads a held line, and whoever said it is told (`moderation:notice`, `refused`). */
  refuseLine: { path: { id: string }; query: undefined; body: undefined; answer: ActionAnswer };
  /** Says what a word list would find in a text, exactly and with letters that look alike. */
  tryWords: { path: undefined; query: undefined; body: WordTrial; answer: WordTrialAnswer };
  /** What players reported. */
  reports: { path: undefined; query: ReportQuery; body: undefined; answer: ReportList };
  /** Closes a report, or opens it again. */
  closeReport: { path: { id: string }; query: undefined; body: ReportPatch; answer: ReportAnswer };
  /** Notes something about a person, for moderators. */
  addNote: { path: { kind: string; subject: string }; query: undefined; body: NoteBody; answer: NoteAnswer };
  /** Takes a note away. */
  removeNote: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** The audit log; `action` may be an area such as `ban`. */
  audit: { path: undefined; query: AuditQuery; body: undefined; answer: ActionList };
  /** All of it that matches, as a file. */
  exportAudit: { path: undefined; query: AuditQuery; body: undefined; answer: Blob };
  /** Takes an action back. 409 `not-undoable`, `already-undone`. */
  undo: { path: { id: string }; query: undefined; body: undefined; answer: ActionAnswer };
  /** Accounts. */
  users: { path: undefined; query: UserQuery; body: undefined; answer: UserList };
  /** Makes an account. */
  addUser: { path: undefined; query: undefined; body: CreateUserBody; answer: ChangedUserAnswer };
  /** Changes an account; roles are for hosts. */
  changeUser: { path: { id: string }; query: undefined; body: UserPatch; answer: ChangedUserAnswer };
  /** Deletes an account; every login of it ends. */
  removeUser: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** Gives an account another password; every login of it ends. */
  resetPassword: { path: { id: string }; query: undefined; body: ResetPasswordBody; answer: undefined };
  /** Service accounts: programs that act by a token. `most` is how many there may be. */
  services: { path: undefined; query: undefined; body: undefined; answer: ServiceList };
  /** Makes a service account. Its token is in this answer and nowhere else, ever. 409 `too-many-services`, `username-taken`. */
  addService: { path: undefined; query: undefined; body: ServiceBody; answer: ServiceAnswer };
  /** Revokes the token of a service account and removes it; its live sockets and feeds end. */
  revokeService: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** Webhooks: where other programs are told what happens here. `most` is how many there may be. */
  webhooks: { path: undefined; query: undefined; body: undefined; answer: WebhookList };
  /** Makes a webhook. The secret that signs what it is told is in this answer and nowhere else. 400 `private-target`, `unknown-target`, `invalid-target`; 409 `too-many-webhooks`. */
  addWebhook: { path: undefined; query: undefined; body: WebhookBody; answer: WebhookAnswer };
  /** Removes a webhook with what it still had to tell. */
  removeWebhook: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** Lets a webhook go on that was paused for its failures, with everything that waits. */
  resumeWebhook: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** What a webhook was told lately or is still to be told, newest first, and what it answered. */
  deliveries: { path: { id: string }; query: undefined; body: undefined; answer: DeliveryList };
  /** Tells a webhook something now, kept nowhere, and says what came of it. */
  testWebhook: { path: { id: string }; query: undefined; body: undefined; answer: Delivery };
  /** Sprites, as for everybody; a filter it does not know is refused. */
  sprites: { path: undefined; query: SpriteQuery; body: undefined; answer: SpriteList };
  /** Keeps a sprite, from JSON or from a form with the same fields. */
  uploadSprite: { path: undefined; query: undefined; body: SpriteUpload; answer: SpriteAnswer };
  /** Draws a sprite and keeps it. */
  generateSprite: { path: undefined; query: undefined; body: SpriteOrder; answer: SpriteAnswer };
  /** Draws a sprite, kept nowhere. */
  previewSprite: { path: undefined; query: undefined; body: SpriteOrder; answer: SpritePreview };
  /** Changes a sprite. */
  changeSprite: { path: { id: string }; query: undefined; body: SpritePatch; answer: SpriteAnswer };
  /** Takes a sprite away. */
  removeSprite: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** The settings. */
  settings: { path: undefined; query: undefined; body: undefined; answer: SettingsAnswer };
  /** Changes settings. 400 with `fields`, a sentence for each key, and nothing changed. */
  changeSettings: { path: undefined; query: undefined; body: SettingsPatch; answer: SettingsAnswer };
  /** The last lines of the server's log. */
  logs: { path: undefined; query: LogQuery; body: undefined; answer: LogList };
  /** All of them that match, as a file. */
  exportLogs: { path: undefined; query: LogQuery; body: undefined; answer: Blob };
  /** Load tests, newest first; `terms` says what a new one may be. */
  loadTests: { path: undefined; query: PageQuery; body: undefined; answer: LoadTestList };
  /** Starts a load test of this server, or of another world at a private address. 400 `invalid-target`, `unknown-target`, `public-target`, 409 `load-test-running`, on whichever node that is. */
  startLoadTest: { path: undefined; query: undefined; body: LoadTestBody; answer: LoadTestAnswer };
  /** One of them, while it runs as far as it is. */
  loadTest: { path: { id: string }; query: undefined; body: undefined; answer: LoadTestDetail };
  /** Its report as a file; of one that runs only its seconds, as CSV. */
  exportLoadTest: { path: { id: string }; query: ReportExportQuery; body: undefined; answer: Blob };
  /** Stops it; its report comes when its clients have left. */
  stopLoadTest: { path: { id: string }; query: undefined; body: undefined; answer: LoadTestAnswer };
  /** Forgets it. */
  removeLoadTest: { path: { id: string }; query: undefined; body: undefined; answer: undefined };
  /** The nodes of this world. */
  nodes: { path: undefined; query: undefined; body: undefined; answer: NodesAnswer };
  /** What the server measures: one sample a second for five minutes. */
  stats: { path: undefined; query: undefined; body: undefined; answer: StatsAnswer };
  /** How the world was over the last hour, day or week, on all nodes, also before a restart. */
  history: { path: undefined; query: HistoryQuery; body: undefined; answer: WorldHistory };
  /** The links under which others can come in. */
  invite: { path: undefined; query: undefined; body: undefined; answer: Invite };
};

/** Calls for everybody. */
export const ROUTES = {
  register: { method: "POST", path: "/auth/register" },
  setUp: { method: "POST", path: "/auth/setup" },
  logIn: { method: "POST", path: "/auth/login" },
  enter: { method: "POST", path: "/auth/enter" },
  logOut: { method: "POST", path: "/auth/logout" },
  session: { method: "GET", path: "/auth/session" },
  account: { method: "GET", path: "/auth/me" },
  deleteAccount: { method: "DELETE", path: "/auth/me" },
  changePassword: { method: "POST", path: "/auth/password" },
  avatar: { method: "GET", path: "/avatars/me" },
  keepAvatar: { method: "PUT", path: "/avatars/me" },
  worldSprites: { method: "GET", path: "/assets/sprites" },
  atlas: { method: "GET", path: "/assets/sprites/atlas" },
  spriteImage: { method: "GET", path: "/static/sprites/{file}" },
  health: { method: "GET", path: "/health" },
  ready: { method: "GET", path: "/ready" },
  metrics: { method: "GET", path: "/metrics" },
  openapi: { method: "GET", path: "/openapi.json" },
  asyncapi: { method: "GET", path: "/asyncapi.json" },
} as const;

/** Calls of the administration. */
export const ADMIN_ROUTES = {
  me: { method: "GET", path: "/admin/me" },
  worldTicket: { method: "POST", path: "/admin/world-ticket" },
  sessions: { method: "GET", path: "/admin/sessions" },
  sessionDetail: { method: "GET", path: "/admin/sessions/{id}" },
  record: { method: "GET", path: "/admin/people/{kind}/{subject}" },
  visits: { method: "GET", path: "/admin/visits" },
  evidence: { method: "GET", path: "/admin/evidence/{act}" },
  faces: { method: "GET", path: "/admin/faces" },
  kick: { method: "POST", path: "/admin/sessions/{id}/kick" },
  kickPlayer: { method: "POST", path: "/admin/players/{id}/kick" },
  kickAll: { method: "POST", path: "/admin/kick-all" },
  warn: { method: "POST", path: "/admin/sessions/{id}/warn" },
  tell: { method: "POST", path: "/admin/sessions/{id}/tell" },
  announce: { method: "POST", path: "/admin/announcements" },
  unpin: { method: "DELETE", path: "/admin/announcements/pinned" },
  banPreview: { method: "GET", path: "/admin/sessions/{id}/ban-preview" },
  ban: { method: "POST", path: "/admin/bans" },
  bans: { method: "GET", path: "/admin/bans" },
  unban: { method: "DELETE", path: "/admin/bans/{id}" },
  reasons: { method: "GET", path: "/admin/reasons" },
  muteSession: { method: "POST", path: "/admin/sessions/{id}/mute" },
  mutePerson: { method: "POST", path: "/admin/mutes" },
  mutes: { method: "GET", path: "/admin/mutes" },
  unmute: { method: "DELETE", path: "/admin/mutes/{id}" },
  messages: { method: "GET", path: "/admin/messages" },
  exportMessages: { method: "GET", path: "/admin/messages/export" },
  removeMessage: { method: "DELETE", path: "/admin/messages/{id}" },
  restoreMessage: { method: "POST", path: "/admin/messages/{id}/restore" },
  heldLines: { method: "GET", path: "/admin/held" },
  allowLine: { method: "POST", path: "/admin/held/{id}/allow" },
  refuseLine: { method: "POST", path: "/admin/held/{id}/refuse" },
  tryWords: { method: "POST", path: "/admin/words/try" },
  reports: { method: "GET", path: "/admin/reports" },
  closeReport: { method: "PATCH", path: "/admin/reports/{id}" },
  addNote: { method: "POST", path: "/admin/people/{kind}/{subject}/notes" },
  removeNote: { method: "DELETE", path: "/admin/notes/{id}" },
  audit: { method: "GET", path: "/admin/audit" },
  exportAudit: { method: "GET", path: "/admin/audit/export" },
  undo: { method: "POST", path: "/admin/audit/{id}/undo" },
  users: { method: "GET", path: "/admin/users" },
  addUser: { method: "POST", path: "/admin/users" },
  changeUser: { method: "PATCH", path: "/admin/users/{id}" },
  removeUser: { method: "DELETE", path: "/admin/users/{id}" },
  resetPassword: { method: "POST", path: "/admin/users/{id}/password" },
  services: { method: "GET", path: "/admin/service-accounts" },
  addService: { method: "POST", path: "/admin/service-accounts" },
  revokeService: { method: "DELETE", path: "/admin/service-accounts/{id}" },
  webhooks: { method: "GET", path: "/admin/webhooks" },
  addWebhook: { method: "POST", path: "/admin/webhooks" },
  removeWebhook: { method: "DELETE", path: "/admin/webhooks/{id}" },
  resumeWebhook: { method: "POST", path: "/admin/webhooks/{id}/resume" },
  deliveries: { method: "GET", path: "/admin/webhooks/{id}/deliveries" },
  testWebhook: { method: "POST", path: "/admin/webhooks/{id}/test" },
  sprites: { method: "GET", path: "/admin/assets/sprites" },
  uploadSprite: { method: "POST", path: "/admin/assets/sprites" },
  generateSprite: { method: "POST", path: "/admin/assets/sprites/generate" },
  previewSprite: { method: "POST", path: "/admin/assets/sprites/preview" },
  changeSprite: { method: "PATCH", path: "/admin/assets/sprites/{id}" },
  removeSprite: { method: "DELETE", path: "/admin/assets/sprites/{id}" },
  settings: { method: "GET", path: "/admin/settings" },
  changeSettings: { method: "PATCH", path: "/admin/settings" },
  logs: { method: "GET", path: "/admin/logs" },
  exportLogs: { method: "GET", path: "/admin/logs/export" },
  loadTests: { method: "GET", path: "/admin/load-tests" },
  startLoadTest: { method: "POST", path: "/admin/load-tests" },
  loadTest: { method: "GET", path: "/admin/load-tests/{id}" },
  exportLoadTest: { method: "GET", path: "/admin/load-tests/{id}/export" },
  stopLoadTest: { method: "POST", path: "/admin/load-tests/{id}/stop" },
  removeLoadTest: { method: "DELETE", path: "/admin/load-tests/{id}" },
  nodes: { method: "GET", path: "/admin/nodes" },
  stats: { method: "GET", path: "/admin/stats" },
  history: { method: "GET", path: "/admin/history" },
  invite: { method: "GET", path: "/admin/invite" },
} as const;

/**
 * What is in the payload of an event that holds words, numbers and flags alone: by field, what `typeof` says of it,
 * or the words it may be. One that ends with `?` may be missing.
 */
export const SHAPES = {
  "world:mood": { mood: ["day","dusk","night"] },
  "player:emoted": { id: "string", name: "string" },
  "player:left": { id: "string" },
  "chat:message": { id: "string", playerId: "string", author: "string", content: "string", timestamp: "string" },
  "chat:removed": { id: "string" },
  "chat:restored": { id: "string", playerId: "string", author: "string", content: "string", timestamp: "string" },
  "session:terminated": { reason: "string", code: ["duplicate","kicked","banned","shutdown","slow-consumer","flooding","idle"], message: "string", "until?": "string" },
} as const;

/** The number of the protocol that is declared here. */
export const PROTOCOL = 1;

/** Messages of `connect_error` in the namespace of the administration, by code. */
export const ADMIN_REFUSALS = {
  "unauthorized": "Log in to see the administration.",
  "forbidden": "Your account may not see the administration.",
  "unknown-host": "The administration does not answer under this name. Open it by an address of this machine, or add the name to ALLOWED_HOSTS and restart.",
  "too-many-windows": "You have the administration open in too many windows. Close one of them.",
  "too-many-viewers": "Too many people watch the administration. Try again when one of them has gone.",
  "unavailable": "The administration is not available right now. Try again in a moment.",
} as const;

/** What the audit log may hold. */
export const ACTION_NAMES = [
  "session.kick",
  "session.kick-all",
  "session.warn",
  "session.tell",
  "announcement",
  "announcement.unpin",
  "ban.create",
  "ban.lift",
  "ban.undo",
  "mute.create",
  "mute.lift",
  "mute.undo",
  "chat.remove",
  "chat.restore",
  "chat.undo",
  "held.allow",
  "held.refuse",
  "note.add",
  "note.delete",
  "report.resolve",
  "report.dismiss",
  "report.reopen",
  "user.create",
  "user.update",
  "user.delete",
  "user.password",
  "service.add",
  "service.revoke",
  "webhook.add",
  "webhook.delete",
  "sprite.upload",
  "sprite.generate",
  "sprite.change",
  "sprite.delete",
  "settings.update",
  "load-test.start",
  "load-test.stop",
  "load-test.delete",
  "host.setup",
] as const;

/** The usual reasons, in the order in which they are offered. */
export const USUAL_REASONS = [
  "following",
  "insults",
  "spam",
  "blocking",
] as const;

/** The namespace of the administration. */
export const ADMIN_NAMESPACE = "/admin";
