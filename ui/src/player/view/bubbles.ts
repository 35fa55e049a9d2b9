/**
 * Who is saying what at this moment: the newest line per person, for as long as it takes to read it.
 */
import type { ChatMessage } from "../../contract";
import { bubbleStay } from "./bubble-text";
import type { Bubble } from "./harbour-view";

/** How long a bubble fades at its end, ms. */
const FADE_MS = 200;

export class Bubbles {
  private readonly said = new Map<string, { readonly message: ChatMessage; readonly until: number }>();

  say(message: ChatMessage, now: number): void {
    this.said.set(message.playerId, { message, until: now + bubbleStay(message.content) });
  }

  unsay(messageId: string): void {
    for (const [playerId, { message }] of this.said) if (message.id === messageId) this.said.delete(playerId);
  }

  hush(playerId: string): void {
    this.said.delete(playerId);
  }

  at(now: number): readonly Bubble[] {
    const bubbles: Bubble[] = [];
    for (const [playerId, { message, until }] of this.said) {
      if (now >= until) this.said.delete(playerId);
      else
        bubbles.push({ playerId, content: message.content, strength: Math.min(1, (until - now) / FADE_MS) });
    }
    return bubbles;
  }
}
