/**
 * The conversation: chat lines, bubbles and emotes, whom this visitor does not hear, and whether the visitor may
 * speak.
 *
 * It joins the session's words to the chat panel and the stage; it knows nothing of entries and accounts.
 */

import type { Scheduler, Session, WorldMirror } from "@comutiny/client";
import type { ChatMessage, ModerationNotice, Player, PlayerPatch, Refusal } from "@comutiny/client/contract";
import { el } from "./dom/element";
import { EMOTE_STAY_MS, type EmoteName, emoteMetadata, emoteNamed, emoteShown } from "./emote/emotes";
import { Chat } from "./hud/chat";
import type { Muted } from "./muted";
import { Silence, type Silenced } from "./silence";
import type { Stage } from "./stage";
import type { Speech } from "./text/speech";

export interface ConversationParts {
  readonly session: Session;
  readonly speech: Speech;
  readonly muted: Muted;
  readonly stage: Stage;
  readonly scheduler: Scheduler;
  /** The visitor turns from the chat back to the world. */
  readonly onLeave: () => void;
  /** The visitor spoke, or showed a feeling. */
  readonly onWord: () => void;
}

/** Emotes of others are read out at most this often, ms. */
const SPOKEN_EVERY_MS = 3000;

export class Conversation {
  readonly chat: Chat;
  /** Emotes of others, for who listens to the page. */
  private readonly spoken = el("p", { class: "visually-hidden", role: "status" });
  private readonly silence: Silence;
  private spokenLast = Number.NEGATIVE_INFINITY;
  private emotes = 0;
  /** When `player:emoted` came, by player, ms of the scheduler's clock. */
  private readonly toldApart = new Map<string, number>();

  constructor(private readonly parts: ConversationParts) {
    const { speech } = parts;
    this.chat = new Chat(speech, (content) => this.send(content), parts.onLeave);
    this.chat.element.append(this.spoken);
    this.silence = new Silence(parts.scheduler, Date.now, (silenced) => this.showSilence(silenced));
    speech.render(() => this.showSilence(this.silence.current));
  }

  /** Shows the lines of a mirror, those of muted players aside. */
  show({ chat, players, staff }: WorldMirror): void {
    this.chat.lines.show(
      chat.filter((line) => !this.parts.muted.has(line.playerId)),
      (id) => staff.get(id) ?? (players.has(id) ? null : undefined),
    );
  }

  received(message: ChatMessage, mirror: WorldMirror): void {
    this.show(mirror);
    if (!this.parts.muted.has(message.playerId)) this.parts.stage.bubbles.show(message, performance.now());
  }

  /** Somebody shows a feeling. */
  showEmote(
    { id, name }: { readonly id: string; readonly name: string },
    players: WorldMirror["players"],
  ): void {
    const now = this.parts.scheduler.now();
    for (const [other, at] of this.toldApart) if (now - at >= EMOTE_STAY_MS) this.toldApart.delete(other);
    this.toldApart.set(id, now);
    const player = players.get(id);
    const emote = emoteNamed(name);
    if (player && emote) this.showFeeling(player, emote);
  }

  /**
   * Emotes among these changes, of pages of version 0.1; `before` is the world without them. Newer pages say the same
   * twice, so for a while after `player:emoted` the key of the same player means nothing.
   */
  felt(patches: readonly PlayerPatch[], before: WorldMirror["players"]): void {
    const now = this.parts.scheduler.now();
    for (const { id, metadata } of patches) {
      const player = before.get(id);
      if (!metadata || !player) continue;
      const name = emoteShown(player.metadata, metadata);
      const toldAt = this.toldApart.get(id) ?? Number.NEGATIVE_INFINITY;
      if (name && now - toldAt >= EMOTE_STAY_MS) this.showFeeling(player, name);
    }
  }

  /** The visitor shows a feeling: at once here, and to the others. */
  feel(name: EmoteName): void {
    const { stage, session } = this.parts;
    const { selfId } = stage.actors;
    if (selfId === null) return;
    this.emotes += 1;
    this.parts.onWord();
    stage.bubbles.feel(selfId, name, performance.now());
    const metadata = emoteMetadata(name, `${Date.now()}-${this.emotes}`);
    void session.emote(name).then((answer) => {
      // Pages of version 0.1 read the metadata alone, and servers of that version know no other way.
      if (answer.ok || answer.code === "unknown-event") session.update({ metadata });
      else this.refusedWord(answer);
    });
  }

  /** A moderator's word about speaking. One to this visitor alone, or about a line of theirs, stands in the chat as well. */
  noticed({ kind, until, from, message, content }: ModerationNotice): void {
    const { text } = this.parts.speech;
    if (from)
      this.chat.lines.aside(`${text.notice.from(from.name, text.role[from.role])}: ${message}`, "chat-told");
    if (kind === "refused" || kind === "lapsed") {
      const line = content === undefined ? "" : `: ${text.quoted(content)}`;
      this.chat.lines.aside(`${text.notice[kind]}${line}`, "chat-refused");
    }
    if (kind === "muted") this.silence.begin(until === undefined ? {} : { until });
    if (kind === "unmuted") this.silence.end();
  }

  /** A new connection: the server may have thought better of it, and says so again if it has not. */
  forgetSilence(): void {
    this.silence.end();
  }

  /** The visitor hears somebody no more, or again. */
  muteChanged(id: string, mirror: WorldMirror): void {
    if (this.parts.muted.has(id)) this.parts.stage.bubbles.hush(id);
    this.chat.lines.clear();
    this.show(mirror);
  }

  private async send(content: string): Promise<string | undefined> {
    const answer = await this.parts.session.sendChat(content);
    if (answer.ok) {
      this.parts.onWord();
      return undefined;
    }
    this.refusedWord(answer);
    const words = this.parts.speech.refusal(answer);
    // It is on its way all the same: nothing to send again.
    if (answer.code !== "held") return words;
    this.chat.lines.aside(words, "chat-aside");
    return undefined;
  }

  private refusedWord({ code, until }: Refusal): void {
    if (code === "muted") this.silence.begin(until === undefined ? {} : { until });
  }

  private showFeeling(player: Player, name: EmoteName): void {
    const { muted, stage, speech } = this.parts;
    if (player.id === stage.actors.selfId || muted.has(player.id)) return;
    stage.bubbles.feel(player.id, name, performance.now());
    this.speak(speech.text.feels(player.name, speech.text.emote[name]));
  }

  private showSilence(silenced: Silenced | null): void {
    const { text } = this.parts.speech;
    if (!silenced) this.chat.silence(null);
    else if (silenced.until === undefined) this.chat.silence(text.notice.muted);
    else this.chat.silence(text.notice.mutedUntil(this.parts.speech.until(silenced.until, new Date())));
  }

  private speak(words: string): void {
    const now = performance.now();
    if (now - this.spokenLast < SPOKEN_EVERY_MS) return;
    this.spokenLast = now;
    this.spoken.textContent = words;
  }
}
