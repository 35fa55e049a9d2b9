/**
 * Upper middle: a lost connection with its countdown, and a moderator's word.
 *
 * Screen readers hear each state once; the seconds count down for the eyes only.
 */

import type { SessionState } from "@comutiny/client";
import type { ModerationNotice, NoticeKind, PinnedAnnouncement } from "@comutiny/client/contract";
import close from "@phosphor-icons/core/assets/bold/x-bold.svg?raw";
import chat from "@phosphor-icons/core/assets/fill/chat-circle-dots-fill.svg?raw";
import lineOff from "@phosphor-icons/core/assets/fill/chat-circle-slash-fill.svg?raw";
import hand from "@phosphor-icons/core/assets/fill/hand-fill.svg?raw";
import hourglass from "@phosphor-icons/core/assets/fill/hourglass-low-fill.svg?raw";
import megaphone from "@phosphor-icons/core/assets/fill/megaphone-fill.svg?raw";
import microphone from "@phosphor-icons/core/assets/fill/microphone-fill.svg?raw";
import microphoneOff from "@phosphor-icons/core/assets/fill/microphone-slash-fill.svg?raw";
import pin from "@phosphor-icons/core/assets/fill/push-pin-fill.svg?raw";
import adrift from "@phosphor-icons/core/assets/fill/wifi-slash-fill.svg?raw";
import { el, icon, show } from "../dom/element";
import type { Speech } from "../text/speech";

const NOTICE_ICONS: Readonly<Record<NoticeKind, string>> = {
  warned: hand,
  muted: microphoneOff,
  unmuted: microphone,
  announcement: megaphone,
  refused: lineOff,
  lapsed: hourglass,
};

export class Banners {
  private readonly countdown = el("span", { class: "banner-words", "aria-hidden": "true" });
  private readonly retry = el("button", { class: "text-button", type: "button" });
  private readonly lost: HTMLElement;
  private readonly spoken = el("p", { class: "visually-hidden", role: "status" });
  private readonly notices = el("div", { role: "status" });
  private readonly pinned = el("div", { role: "status" });
  /** Until when the announcement stands that is shown, ms since 1970. */
  private pinnedUntil = Number.POSITIVE_INFINITY;
  private shownPin = "";
  /** Whoever has read one closes it, and it stays closed. */
  private closedPin = "";
  readonly element: HTMLElement;
  private retryAt: number | null = null;
  private wasLost = false;

  constructor(
    private readonly speech: Speech,
    onRetry: () => void,
    /** The visitor says that they read a warning. */
    private readonly onRead: (warningId: string) => void,
  ) {
    this.lost = el(
      "div",
      { class: "panel banner", hidden: "" },
      icon(adrift, 20),
      this.countdown,
      this.retry,
    );
    this.element = el("div", { class: "top" }, this.lost, this.pinned, this.notices, this.spoken);
    this.retry.addEventListener("click", onRetry);
    speech.render((text) => {
      this.retry.textContent = text.retryNow;
    });
  }

  /** `inWorld`: who has not come in yet cannot drift off. */
  connection(state: SessionState, inWorld: boolean): void {
    const lost = inWorld && state.kind === "reconnecting";
    const { text } = this.speech;
    if (lost && !this.wasLost) this.spoken.textContent = text.driftedOffNow;
    if (!lost && this.wasLost) this.spoken.textContent = state.kind === "live" ? text.back : "";
    this.wasLost = lost;
    this.retryAt = state.kind === "reconnecting" ? state.retryAt : null;
    show(this.lost, lost);
    show(this.retry, this.retryAt !== null);
    this.tick(0);
  }

  /** `now` on the clock of `retryAt`; called every frame, writes when the second changes. */
  tick(now: number): void {
    if (Date.now() >= this.pinnedUntil) this.pin(null);
    if (!this.wasLost) return;
    const { text } = this.speech;
    const seconds = this.retryAt === null ? null : Math.max(1, Math.ceil((this.retryAt - now) / 1000));
    const words = seconds === null || now === 0 ? text.driftedOffNow : text.driftedOff(seconds);
    if (this.countdown.textContent !== words) this.countdown.textContent = words;
  }

  /** The announcement that stands for a while, until its end or until it was read. */
  pin(pinned: PinnedAnnouncement | null): void {
    const until = pinned ? Date.parse(pinned.until) : Number.NaN;
    if (!pinned || pinned.id === this.closedPin || !(until > Date.now())) {
      this.pinnedUntil = Number.POSITIVE_INFINITY;
      this.shownPin = "";
      this.pinned.replaceChildren();
      return;
    }
    // The world tells it again now and then: it is spoken once.
    if (pinned.id === this.shownPin) return;
    this.shownPin = pinned.id;
    this.pinnedUntil = until;
    const { text } = this.speech;
    const dismiss = el(
      "button",
      { class: "icon-button", type: "button", "aria-label": text.close },
      icon(close, 16),
    );
    dismiss.addEventListener("click", () => {
      this.closedPin = pinned.id;
      this.pin(null);
    });
    const ends = text.pinned(this.speech.until(pinned.until, new Date()));
    this.pinned.replaceChildren(
      el(
        "div",
        { class: "panel banner notice-pinned" },
        icon(pin, 20),
        el("span", { class: "banner-words", dir: "auto" }, el("b", {}, pinned.message), ends),
        dismiss,
      ),
    );
  }

  clearNotices(): void {
    this.notices.replaceChildren();
  }

  notice(notice: ModerationNotice): void {
    const { kind, id, from } = notice;
    const { text } = this.speech;
    const title = this.titleOf(notice);
    const words = el("span", { class: "banner-words", dir: "auto" }, el("b", {}, title), this.bodyOf(notice));
    const dismiss =
      kind === "warned"
        ? el("button", { class: "text-button", type: "button" }, text.understood)
        : el("button", { class: "icon-button", type: "button", "aria-label": text.close }, icon(close, 16));
    const banner = el(
      "div",
      { class: `panel banner notice-${kind}` },
      icon(from ? chat : NOTICE_ICONS[kind], 20),
      words,
      dismiss,
    );
    dismiss.addEventListener("click", () => {
      banner.remove();
      if (id !== undefined) this.onRead(id);
    });
    this.notices.replaceChildren(banner);
  }

  /** What a person wrote. Sentences of the server itself are in its language, and the title says the same. */
  private bodyOf({ kind, message, reason, content }: ModerationNotice): string {
    const { text } = this.speech;
    switch (kind) {
      case "warned":
      case "announcement":
        return message;
      case "unmuted":
        return "";
      case "muted":
        // Servers of version 0.1.0 have the reason in their sentence alone.
        if (reason === undefined) return message;
        return reason === "" ? "" : text.because(reason);
      case "refused":
      case "lapsed":
        return content === undefined ? "" : text.quoted(content);
    }
  }

  private titleOf({ kind, until, from }: ModerationNotice): string {
    const { text } = this.speech;
    if (from) return text.notice.from(from.name, text.role[from.role]);
    return kind === "muted" && until !== undefined
      ? text.notice.mutedUntil(this.speech.until(until, new Date()))
      : text.notice[kind];
  }
}
