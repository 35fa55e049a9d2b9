/**
 * What is over people's heads at this moment: the newest line of each, for as long as it takes to read it, and the
 * emote each one shows.
 */
import type { ChatMessage } from "@comutiny/client/contract";
import { EMOTE_STAY_MS, type EmoteName } from "../emote/emotes";
import { bubbleStay } from "./bubble-text";

export interface Bubble {
  readonly playerId: string;
  readonly content:
    | { readonly kind: "line"; readonly text: string }
    | { readonly kind: "emote"; readonly name: EmoteName };
  /** 0 to 1; it fades at the end. */
  readonly strength: number;
  /** 0 to 1; it grows at the beginning. */
  readonly growth: number;
}

interface Shown {
  readonly content: Bubble["content"];
  /** Of the chat message; `null` for an emote. */
  readonly messageId: string | null;
  readonly since: number;
  readonly until: number;
}

/** How long a bubble fades at its end, ms. */
const FADE_MS = 200;
/** How long it grows at its beginning, ms. */
const GROW_MS = 140;

export class Bubbles {
  /** Lines and emotes apart: one does not end the other. */
  private readonly lines = new Map<string, Shown>();
  private readonly emotes = new Map<string, Shown>();

  show({ id, playerId, content }: ChatMessage, now: number): void {
    const until = now + bubbleStay(content);
    this.lines.set(playerId, { content: { kind: "line", text: content }, messageId: id, since: now, until });
  }

  feel(playerId: string, name: EmoteName, now: number): void {
    const until = now + EMOTE_STAY_MS;
    this.emotes.set(playerId, { content: { kind: "emote", name }, messageId: null, since: now, until });
  }

  withdraw(messageId: string): void {
    for (const [playerId, line] of this.lines) if (line.messageId === messageId) this.lines.delete(playerId);
  }

  hush(playerId: string): void {
    this.lines.delete(playerId);
    this.emotes.delete(playerId);
  }

  at(now: number): readonly Bubble[] {
    const bubbles: Bubble[] = [];
    for (const shown of [this.lines, this.emotes]) {
      for (const [playerId, { content, since, until }] of shown) {
        if (now >= until) {
          shown.delete(playerId);
          continue;
        }
        const strength = Math.min(1, (until - now) / FADE_MS);
        bubbles.push({ playerId, content, strength, growth: Math.min(1, (now - since) / GROW_MS) });
      }
    }
    return bubbles;
  }
}
