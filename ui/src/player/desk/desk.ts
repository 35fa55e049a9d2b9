/**
 * A moderator's part of the card about somebody: what was reported, and four things to do about it, each with its reason
 * and its length. What was done can be undone for a moment. And a word to them alone.
 */

import type { Player } from "@comutiny/client/contract";
import { USUAL_REASONS } from "@comutiny/client/declarations";
import check from "@phosphor-icons/core/assets/bold/check-bold.svg?raw";
import flag from "@phosphor-icons/core/assets/fill/flag-fill.svg?raw";
import out from "@phosphor-icons/core/assets/regular/arrow-square-out.svg?raw";
import chat from "@phosphor-icons/core/assets/regular/chat-circle-dots.svg?raw";
import doorOpen from "@phosphor-icons/core/assets/regular/door-open.svg?raw";
import hand from "@phosphor-icons/core/assets/regular/hand.svg?raw";
import microphoneSlash from "@phosphor-icons/core/assets/regular/microphone-slash.svg?raw";
import prohibit from "@phosphor-icons/core/assets/regular/prohibit.svg?raw";
import { el, icon, show } from "../dom/element";
import type { PersonDesk } from "../hud/person-card";
import type { Speech } from "../text/speech";
import type { Act, Case, Moderation } from "./moderation";

type Reason = Awaited<ReturnType<Moderation["reasons"]>>[number];

const ACTS = [
  ["warn", hand],
  ["mute", microphoneSlash],
  ["kick", doorOpen],
  ["ban", prohibit],
] as const;

const LENGTHS: Readonly<Record<"mute" | "ban", readonly (number | null)[]>> = {
  mute: [5, 15, 60, null],
  ban: [120, 1440, 10_080, null],
};
const FIRST_LENGTH = { mute: 15, ban: 1440 } as const;

/** How long something can be undone from here, ms: as in the administration. */
const UNDO_MS = 5000;

export interface DeskParts {
  readonly speech: Speech;
  readonly moderation: Moderation;
  /** Where the administration is. */
  readonly administration: string;
  readonly after: (ms: number, run: () => void) => void;
  /** Who they are, once it is known: what they are and since when. */
  readonly onKnown: (words: string) => void;
}

/** `null` when there is nobody to do anything about. */
export class Desk implements PersonDesk {
  readonly link: HTMLAnchorElement;
  private readonly reports = el("div", { class: "desk-reports", hidden: "" });
  private readonly acts = el("div", { class: "desk-acts", role: "group" });
  private readonly tell = el("button", {
    class: "text-button desk-tell",
    type: "button",
    "aria-pressed": "false",
    disabled: "",
  });
  private readonly order = el("form", { class: "desk-order", hidden: "" });
  private readonly status = el("p", { class: "desk-status", role: "status" });
  readonly words = el("div", { class: "desk-words" }, this.tell);
  readonly body = el("div", { class: "desk" }, this.reports, this.acts, this.words, this.order, this.status);
  private known: Case | null = null;
  private act: Act | null = null;
  private reasonsOffered: readonly Reason[];
  private reason: string;
  private minutes: number | null = null;
  private written = "";

  constructor(
    private readonly player: Player,
    private readonly parts: DeskParts,
  ) {
    const { text } = parts.speech;
    this.reasonsOffered = USUAL_REASONS.map((each) => ({
      text: text.desk.usualReasons[each],
      minutes: null,
    }));
    this.reason = this.reasonsOffered[0]?.text ?? "";
    this.link = el(
      "a",
      { class: "text-button", href: parts.administration, target: "_blank", rel: "noopener" },
      icon(out, 18),
      text.desk.administration,
    );
    this.acts.setAttribute("aria-label", text.desk.acts);
    for (const [act, picture] of ACTS) {
      const button = el(
        "button",
        { class: `desk-act desk-${act}`, type: "button", "aria-pressed": "false", disabled: "" },
        icon(picture, 20),
        text.desk.act[act],
      );
      button.addEventListener("click", () => this.choose(act));
      this.acts.append(button);
    }
    this.tell.append(icon(chat, 18), text.desk.tell);
    this.tell.addEventListener("click", () => {
      this.choose("tell");
      this.order.querySelector("input")?.focus();
    });
    this.order.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.carryOut();
    });
    void this.learn();
  }

  private async learn(): Promise<void> {
    const { moderation, speech, administration, onKnown } = this.parts;
    const [answer, reasons] = await Promise.all([moderation.caseOf(this.player.id), moderation.reasons()]);
    if (reasons[0]) {
      this.reasonsOffered = reasons;
      this.reason = reasons[0].text;
    }
    if (!answer.ok || !answer.value) {
      this.status.textContent = answer.ok ? speech.text.desk.gone : speech.refusal(answer);
      return;
    }
    const { session, reports } = answer.value;
    this.known = answer.value;
    this.link.href = `${administration}#/players/${encodeURIComponent(session.id)}`;
    onKnown(this.about(session));
    for (const button of [...this.acts.querySelectorAll("button"), this.tell]) button.disabled = false;
    const newest = reports[0];
    show(this.reports, newest !== undefined);
    if (!newest) return;
    const said = `${newest.reporter.name}: ${speech.text.quoted(newest.reason)}`;
    const words = el("p", { dir: "auto" }, said);
    this.reports.replaceChildren(
      icon(flag, 16),
      el("div", {}, el("strong", {}, speech.text.desk.reports(reports.length)), words),
    );
  }

  private about({ kind, joinedAt }: Case["session"]): string {
    const { desk } = this.parts.speech.text;
    const minutes = joinedAt === null ? 0 : Math.floor((Date.now() - Date.parse(joinedAt)) / 60_000);
    return desk.here(desk.kind[kind], Math.max(0, minutes));
  }

  private choose(act: Act): void {
    this.act = act;
    if (act === "mute" || act === "ban") this.minutes = this.lengthOf(this.reason) ?? FIRST_LENGTH[act];
    this.status.replaceChildren();
    this.render();
  }

  /** In minutes, where the host gave the reason one. */
  private lengthOf(reason: string): number | null {
    return this.reasonsOffered.find(({ text }) => text === reason)?.minutes ?? null;
  }

  private render(): void {
    const { act } = this;
    const { desk } = this.parts.speech.text;
    for (const [each] of ACTS)
      this.acts.querySelector(`.desk-${each}`)?.setAttribute("aria-pressed", `${each === act}`);
    this.tell.setAttribute("aria-pressed", `${act === "tell"}`);
    show(this.order, act !== null);
    if (act === null) return;
    const isLoss = act === "kick" || act === "ban";
    const verb = el(
      "button",
      { class: `button ${isLoss ? "button-danger" : "button-filled"}`, type: "submit" },
      desk.verb[act](act === "mute" || act === "ban" ? desk.length(this.minutes) : ""),
    );
    const lasts = act === "mute" || act === "ban";
    const undo = lasts ? [el("p", { class: "desk-undo" }, desk.canUndo(UNDO_MS / 1000))] : [];
    const why = act === "tell" ? this.letter() : this.reasons();
    this.order.replaceChildren(why, ...this.lengths(act), verb, ...undo);
  }

  /** What they read, in words of one's own. */
  private letter(): HTMLElement {
    const { desk } = this.parts.speech.text;
    const field = el("input", { class: "field", type: "text", maxlength: "500", dir: "auto" });
    field.value = this.written;
    field.addEventListener("input", () => {
      this.written = field.value;
    });
    return el("label", { class: "desk-letter" }, el("span", {}, desk.tellLabel), field);
  }

  private reasons(): HTMLElement {
    const { desk } = this.parts.speech.text;
    const other = el("input", {
      class: "field",
      type: "text",
      maxlength: "500",
      "aria-label": desk.otherReason,
    });
    const isOther = !this.reasonsOffered.some(({ text }) => text === this.reason);
    other.value = isOther ? this.reason : "";
    show(other, isOther);
    other.addEventListener("input", () => {
      this.reason = other.value;
    });
    const chip = (words: string, chosen: boolean, reason: string) => {
      const button = el("button", { class: "desk-chip", type: "button", "aria-pressed": `${chosen}` });
      button.append(...(chosen ? [icon(check, 14)] : []), words);
      button.addEventListener("click", () => {
        this.reason = reason;
        this.minutes = this.lengthOf(reason) ?? this.minutes;
        this.render();
        if (reason === "") this.order.querySelector("input")?.focus();
      });
      return button;
    };
    const chips = this.reasonsOffered.map(({ text }) => chip(text, text === this.reason, text));
    const legend = el("legend", {}, desk.reason, " ", el("span", {}, desk.reads(this.player.name)));
    return el("fieldset", { class: "desk-reasons" }, legend, ...chips, chip(desk.other, isOther, ""), other);
  }

  private lengths(act: Act): readonly HTMLElement[] {
    if (act !== "mute" && act !== "ban") return [];
    const { desk } = this.parts.speech.text;
    const usual = LENGTHS[act];
    // A host's own length stands beside the usual ones.
    const offered = usual.includes(this.minutes) ? usual : [this.minutes, ...usual];
    const buttons = offered.map((minutes) => {
      const pressed = `${minutes === this.minutes}`;
      const button = el("button", { type: "button", "aria-pressed": pressed }, desk.length(minutes));
      button.addEventListener("click", () => {
        this.minutes = minutes;
        this.render();
      });
      return button;
    });
    const legend = el("legend", {}, desk.howLong);
    return [el("fieldset", { class: "desk-lengths" }, legend, el("div", {}, ...buttons))];
  }

  private async carryOut(): Promise<void> {
    const { act, known } = this;
    const { speech, moderation } = this.parts;
    const { desk } = speech.text;
    if (act === null || !known) return;
    const reason = (act === "tell" ? this.written : this.reason).trim();
    if (reason === "" && (act === "warn" || act === "tell")) {
      this.status.textContent = act === "warn" ? desk.warnNeedsWords : desk.tellNeedsWords;
      return;
    }
    const answer = await moderation.act(act, known.session, reason, this.minutes);
    if (!answer.ok) {
      this.status.textContent = speech.refusal(answer);
      return;
    }
    this.act = null;
    this.written = "";
    this.render();
    this.status.replaceChildren(desk.done[act](this.player.name));
    if (answer.value !== null) this.offerUndo(answer.value);
  }

  private offerUndo(action: string): void {
    const { speech, moderation, after } = this.parts;
    const undo = el("button", { class: "text-button", type: "button" }, speech.text.desk.undo);
    undo.addEventListener("click", () => {
      void moderation.undo(action).then((answer) => {
        this.status.textContent = answer.ok ? speech.text.desk.undone : speech.refusal(answer);
      });
    });
    this.status.append(" ", undo);
    after(UNDO_MS, () => undo.remove());
  }
}
