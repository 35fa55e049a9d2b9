/**
 * The customs house: what arrives is `unknown` until a function here has looked at it.
 *
 * Every parser returns a checked value or `undefined`; none throws, whatever it is handed. It must not know sockets or
 * the mirror. Extra keys are ignored, so a newer server may send more than this client understands.
 */
import type {
  Account,
  Appearance,
  AvatarLook,
  JoinAccepted,
  Metadata,
  ModerationNotice,
  Mood,
  NoticeKind,
  PinnedAnnouncement,
  Player,
  PlayerPatch,
  Position,
  Refusal,
  SessionTerminated,
  Snapshot,
  Sprite,
  SpriteAtlas,
  StaffMember,
  StaffRole,
  WorldInfo,
} from "../contract/index.js";
import { fieldsOf, finite, list, own, text } from "./fields.js";
import { shaped } from "./shaped.js";

/** An empty atlas, for a world without sprites or one whose atlas could not be read. */
export const NO_SPRITES: SpriteAtlas = { version: 0, updatedAt: "", sprites: [], lookup: new Map() };

/** The SDK's own refusal: a lost connection, a silent server, or an answer nobody can read. */
export const NO_ANSWER = "no-answer";

function parsePosition(value: unknown): Position | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const x = finite(fields, "x");
  const y = finite(fields, "y");
  const z = finite(fields, "z");
  return x === undefined || y === undefined || z === undefined ? undefined : { x, y, z };
}

function parseMetadata(value: unknown): Metadata | undefined {
  return fieldsOf(value);
}

/** A change of one player; only an id is required. */
export function parsePatch(value: unknown): PlayerPatch | undefined {
  const fields = fieldsOf(value);
  const id = fields && text(fields, "id");
  if (!fields || !id) return undefined;
  const name = text(fields, "name");
  const position = parsePosition(own(fields, "position"));
  const animation = text(fields, "animation");
  const metadata = parseMetadata(own(fields, "metadata"));
  return {
    id,
    ...(name !== undefined && { name }),
    ...(position && { position }),
    ...(animation !== undefined && { animation }),
    ...(metadata && { metadata }),
  };
}

/** A whole player; what is missing gets the contract's default. */
export function parsePlayer(value: unknown): Player | undefined {
  const patch = parsePatch(value);
  return patch && wholePlayer(patch);
}

/** The contract's defaults around what a patch carries. */
export function wholePlayer(patch: PlayerPatch): Player {
  return {
    id: patch.id,
    name: patch.name ?? `Player ${patch.id}`,
    position: patch.position ?? { x: 0, y: 0, z: 0 },
    animation: patch.animation ?? "idle",
    metadata: patch.metadata ?? {},
  };
}

function parseSprite(value: unknown): Sprite | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const id = text(fields, "id");
  const imageUrl = text(fields, "imageUrl");
  if (!id || imageUrl === undefined) return undefined;
  return {
    id,
    imageUrl,
    name: text(fields, "name") ?? id,
    category: text(fields, "category") ?? "",
    metadata: parseMetadata(own(fields, "metadata")) ?? {},
    createdAt: text(fields, "createdAt") ?? "",
  };
}

export function parseAtlas(value: unknown): SpriteAtlas | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const sprites = list(own(fields, "sprites"), parseSprite);
  const lookup = new Map(sprites.map((sprite) => [sprite.id, sprite]));
  for (const [id, entry] of Object.entries(fieldsOf(own(fields, "lookup")) ?? {})) {
    const sprite = parseSprite(entry);
    if (sprite) lookup.set(id, sprite);
  }
  return {
    version: finite(fields, "version") ?? 0,
    updatedAt: text(fields, "updatedAt") ?? "",
    sprites,
    lookup,
  };
}

const STAFF_ROLES: readonly StaffRole[] = ["host", "moderator"];

function parseStaffMember(value: unknown): StaffMember | undefined {
  const fields = fieldsOf(value);
  const id = fields && text(fields, "id");
  const role = STAFF_ROLES.find((known) => fields && own(fields, "role") === known);
  return id && role ? { id, role } : undefined;
}

/** The `{staff}` of `world:staff`, and of what the world says about itself. */
export function parseStaff(value: unknown): readonly StaffMember[] | undefined {
  const fields = fieldsOf(value);
  return fields && list(own(fields, "staff"), parseStaffMember);
}

const MOODS: readonly Mood[] = ["day", "dusk", "night"];

/** The `{mood}` of `world:mood`, and of what the world says about itself. */
export function parseMood(value: unknown): Mood | undefined {
  const fields = fieldsOf(value);
  return MOODS.find((known) => fields && own(fields, "mood") === known);
}

function parsePin(value: unknown): PinnedAnnouncement | undefined {
  const fields = fieldsOf(value);
  const id = fields && text(fields, "id");
  const message = fields && text(fields, "message");
  const until = fields && text(fields, "until");
  if (!id || !message || !until) return undefined;
  return { id, message, at: text(fields, "at") ?? "", until };
}

/** The `{pinned}` of `world:pinned`, and of what the world says about itself; `null` for nothing. */
export function parsePinned(value: unknown): PinnedAnnouncement | null | undefined {
  const fields = fieldsOf(value);
  return fields && (parsePin(own(fields, "pinned")) ?? null);
}

function parseWorld(value: unknown): WorldInfo | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const protocol = finite(fields, "protocol");
  const playersOnline = finite(fields, "playersOnline");
  const pinned = parsePinned(value);
  return {
    id: text(fields, "id") ?? "",
    name: text(fields, "name") ?? "",
    description: text(fields, "description") ?? "",
    ...(protocol !== undefined && { protocol }),
    ...(playersOnline !== undefined && { playersOnline }),
    ...(pinned && { pinned }),
    mood: parseMood(value) ?? "day",
    staff: parseStaff(value) ?? [],
  };
}

export function parseSnapshot(value: unknown): Snapshot | undefined {
  const fields = fieldsOf(value);
  const world = fields && parseWorld(own(fields, "world"));
  if (!fields || !world) return undefined;
  return {
    world,
    players: list(own(fields, "players"), parsePlayer),
    chat: list(own(fields, "chat"), shaped("chat:message")),
    spriteAtlas: parseAtlas(own(fields, "spriteAtlas")) ?? NO_SPRITES,
  };
}

export function parseTerminated(value: unknown): SessionTerminated {
  const fields = fieldsOf(value) ?? {};
  const until = text(fields, "until");
  return {
    code: text(fields, "code") ?? "closed",
    reason: text(fields, "reason") ?? "",
    message: text(fields, "message") ?? "",
    ...(until !== undefined && { until }),
  };
}

function parseAuthor(value: unknown): ModerationNotice["from"] {
  const fields = fieldsOf(value);
  const name = fields && text(fields, "name");
  const role = STAFF_ROLES.find((known) => fields && own(fields, "role") === known);
  return name && role ? { name, role } : undefined;
}

const NOTICE_KINDS: readonly NoticeKind[] = [
  "warned",
  "muted",
  "unmuted",
  "announcement",
  "refused",
  "lapsed",
];

export function parseNotice(value: unknown): ModerationNotice | undefined {
  const fields = fieldsOf(value);
  const kind = NOTICE_KINDS.find((known) => fields && own(fields, "kind") === known);
  if (!fields || !kind) return undefined;
  const until = text(fields, "until");
  const id = text(fields, "id");
  const from = parseAuthor(own(fields, "from"));
  const reason = text(fields, "reason");
  const content = text(fields, "content");
  return {
    kind,
    message: text(fields, "message") ?? "",
    ...(until !== undefined && { until }),
    ...(id !== undefined && { id }),
    ...(from && { from }),
    ...(reason !== undefined && { reason }),
    ...(content !== undefined && { content }),
  };
}

/** What an ack that is no acceptance means; also a missing or mangled one. */
export function parseRefusal(value: unknown): Refusal {
  const fields = fieldsOf(value) ?? {};
  const reason = text(fields, "reason");
  const until = text(fields, "until");
  return {
    ok: false,
    message: text(fields, "message") ?? "",
    code: text(fields, "code") ?? NO_ANSWER,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
  };
}

export function isAccepted(value: unknown): boolean {
  const fields = fieldsOf(value);
  return fields !== undefined && own(fields, "ok") === true;
}

export function parseJoinAck(value: unknown): JoinAccepted | Refusal {
  const fields = fieldsOf(value);
  if (!fields || own(fields, "ok") !== true) return parseRefusal(value);
  const sent = own(fields, "state");
  const state = parseSnapshot(sent);
  const player = parsePlayer(own(fields, "player"));
  // A server that knows "lean" leaves the state out.
  if ((sent !== undefined && !state) || !player) return parseRefusal({ code: "unreadable" });
  const guestToken = text(fields, "guestToken");
  return {
    ok: true,
    player,
    ...(state && { state }),
    ...(guestToken !== undefined && { guestToken }),
  };
}

const ROLES: readonly Account["role"][] = ["user", "viewer", "moderator", "host"];

export function parseAccount(value: unknown): Account | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const id = text(fields, "id");
  const username = text(fields, "username");
  if (!id || !username) return undefined;
  const role = ROLES.find((known) => known === text(fields, "role")) ?? "user";
  return { id, username, email: text(fields, "email") ?? "", role };
}

/** Layers of a look; anything that is no text is off. */
export function parseAppearance(value: unknown): Appearance | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const layer = (key: string) => text(fields, key) ?? null;
  return { hair: layer("hair"), face: layer("face"), outfit: layer("outfit"), shoes: layer("shoes") };
}

/** The look an avatar carries. */
export function parseAvatarLook(value: unknown): AvatarLook | undefined {
  const fields = fieldsOf(value);
  const appearance = fields && parseAppearance(own(fields, "appearance"));
  if (!fields || !appearance) return undefined;
  return { appearance, spriteAssetId: text(fields, "spriteAssetId") ?? null };
}
