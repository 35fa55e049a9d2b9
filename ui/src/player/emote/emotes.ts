/**
 * Emotes: a feeling shown over one's head for a moment.
 *
 * On the wire an emote is the event `player:emote`. Pages of version 0.1 know a key of `metadata` instead,
 * `emote: {name, nonce}`, that any client may set with `player:update`. The nonce tells a new emote from the last one,
 * which stays in the metadata: who joins or looks in later does not see it again. Pure; drawings are `art/emote-art`.
 */

import { fieldsOf, own } from "@comutiny/client";
import type { Metadata } from "@comutiny/client/contract";

/** In the order of the picker and of the keys 1 to 8. Clients ignore names they do not know. */
export const EMOTES = ["wave", "smile", "laugh", "wow", "heart", "idea", "question", "music"] as const;
export type EmoteName = (typeof EMOTES)[number];

/** How long an emote is shown, ms. */
export const EMOTE_STAY_MS = 2000;

/** `nonce`: any text that differs from the one before it. */
export function emoteMetadata(name: EmoteName, nonce: string): Metadata {
  return { emote: { name, nonce } };
}

/** The emote a change of metadata shows; nothing when it is an old one, or of an unknown kind. */
export function emoteShown(before: Metadata, after: Metadata): EmoteName | undefined {
  const emote = fieldsOf(own(after, "emote"));
  if (!emote) return undefined;
  const nonce = own(emote, "nonce");
  const last = fieldsOf(own(before, "emote"));
  if (last && own(last, "nonce") === nonce) return undefined;
  return emoteNamed(own(emote, "name"));
}

/** The emote of this name, if this page knows it. */
export function emoteNamed(name: unknown): EmoteName | undefined {
  return EMOTES.find((known) => known === name);
}
