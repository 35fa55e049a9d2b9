/**
 * The conversation: chat lines, bubbles and emotes, whom this visitor does not hear, and whether the visitor may
 * speak.
 *
 * It joins the session's words to the chat panel and the stage; it knows nothing of entries and accounts.
 */
import type { ChatMessage, ModerationNotice, PlayerPatch } from "../contract";
import type { Scheduler, Session, WorldMirror } from "../sdk";
import { el } from "./dom/element";
import { type EmoteName, emoteMetadata, emoteShown } from "./emote/emotes";
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

  constructor(private readonly parts: ConversationParts) {
    const { speech } = parts;
    this.chat = new Chat(speech, (content) => this.send(content), parts.onLeave);
    this.chat.element.append(this.spoken);
    this.silence = new Silence(parts.scheduler, Date.now, (silenced) => this.showSilence(silenced));
    speech.render(() => this.showSilence(this.silence.current));
  }

  /** Shows the lines of a mirror, those of muted players aside. */
  show({ chat }: WorldMirror): void {
    this.chat.lines.show(chat.filter((line) => !this.parts.muted.has(line.playerId)));
  }

  received(message: ChatMessage, mirror: WorldMirror): void {
    this.show(mirror);
    if (!this.parts.muted.has(message.playerId)) this.parts.stage.bubbles.show(message, performance.now());
  }

  /** Emotes among these changes; `before` is the world without them. */
  felt(patches: readonly PlayerPatch[], before: WorldMirror["players"]): void {
    const { muted, stage, speech } = this.parts;
    for (const { id, metadata } of patches) {
      const player = before.get(id);
      if (!metadata || !player || id === stage.actors.selfId || muted.has(id)) continue;
      const name = emoteShown(player.metadata, metadata);
      if (!name) continue;
      stage.bubbles.feel(id, name, performance.now());
      this.speak(speech.text.feels(player.name, speech.text.emote[name]));
    }
  }

  /** The visitor shows a feeling: at once here, and to the others. */
  feel(name: EmoteName): void {
    const { stage, session } = this.parts;
    const { selfId } = stage.actors;
    if (selfId === null) return;
    this.emotes += 1;
    stage.bubbles.feel(selfId, name, performance.now());
    session.update({ metadata: emoteMetadata(name, `${Date.now()}-${this.emotes}`) });
  }

  /** A moderator's word about speaking. */
  noticed({ kind, until }: ModerationNotice): void {
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
    if (answer.ok) return undefined;
    if (answer.code === "muted")
      this.silence.begin(answer.until === undefined ? {} : { until: answer.until });
    return this.parts.speech.refusal(answer);
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
