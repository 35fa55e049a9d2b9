/**
 * A card about another player, beside them: walk there, do not hear them, tell the moderators; and for who may, what a
 * moderator does. The world goes on around it.
 *
 * It follows nobody: it stays where it opened.
 */

import type { Player } from "@comutiny/client/contract";
import close from "@phosphor-icons/core/assets/bold/x-bold.svg?raw";
import flag from "@phosphor-icons/core/assets/regular/flag.svg?raw";
import steps from "@phosphor-icons/core/assets/regular/footprints.svg?raw";
import speaker from "@phosphor-icons/core/assets/regular/speaker-simple-high.svg?raw";
import speakerOff from "@phosphor-icons/core/assets/regular/speaker-simple-slash.svg?raw";
import { el, icon, show } from "../dom/element";
import type { Muted } from "../muted";
import type { Speech } from "../text/speech";
import { type Portraits, sitterOf } from "../view/portrait";
import { type CardPlace, placeBeside } from "./card-place";

const TITLE_ID = "person-card-title";
const REASON_ID = "report-reason";
/** Longest reason, in characters. */
const LONGEST_REASON = 500;
const PORTRAIT = 48;

export interface PersonActions {
  readonly onMute: (id: string) => void;
  /** Answers a sentence why not, or nothing when it was sent. */
  readonly report: (id: string, reason: string) => Promise<string | undefined>;
  readonly walkTo: (id: string) => void;
  /** Who they are and where, in a few words. */
  readonly about: (player: Player) => string;
  /** What a moderator sees and does; `null` for everybody else. */
  readonly desk: (player: Player) => PersonDesk | null;
  readonly onClose: () => void;
}

/** A moderator's part of the card. */
export interface PersonDesk {
  readonly body: HTMLElement;
  /** Stands at the foot, before everything else. */
  readonly link: HTMLElement;
  /** A line of the body with room for one thing more. */
  readonly words: HTMLElement;
}

export class PersonCard {
  private readonly portrait = el("div", { class: "person-portrait" });
  private readonly title = el("h2", { id: TITLE_ID, dir: "auto" });
  private readonly about = el("p", { class: "person-about" });
  private readonly leave = el("button", { class: "icon-button", type: "button" }, icon(close, 16));
  private readonly body = el("div", { class: "person-body" });
  readonly element = el(
    "dialog",
    { class: "person-card", "aria-labelledby": TITLE_ID },
    el("div", { class: "person-head" }, this.portrait, el("div", {}, this.title, this.about), this.leave),
    this.body,
  );
  private before: Element | null = null;
  /** Whose card is open. */
  private person: string | null = null;
  /** Where it was opened. */
  private place: CardPlace | null = null;

  constructor(
    private readonly speech: Speech,
    private readonly muted: Muted,
    private readonly portraits: Portraits,
    private readonly actions: PersonActions,
  ) {
    this.leave.addEventListener("click", () => this.close());
    // What opens in it makes it taller: it stays in view.
    new ResizeObserver(() => this.put()).observe(this.element);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  get openOn(): string | null {
    return this.person;
  }

  /** `place`: where the person's feet are and what has to stay free; `null` where they are not in sight. */
  show(player: Player, place: CardPlace | null): void {
    const { text } = this.speech;
    if (this.person === null) this.before = document.activeElement;
    this.person = player.id;
    const worn = sitterOf(player.id, player.metadata);
    this.portrait.replaceChildren(this.portraits.head(worn, PORTRAIT));
    this.title.textContent = player.name;
    this.about.textContent = this.actions.about(player);
    this.leave.setAttribute("aria-label", text.close);
    this.leave.title = text.close;
    const desk = this.actions.desk(player);
    const report = this.reportForm(player.id);
    show(report, false);
    const foot = el("div", { class: "person-foot" }, ...(desk ? [desk.link] : []));
    // A moderator's foot has no room for a third thing, and no use for a report.
    (desk?.words ?? foot).append(this.walkButton(player.id));
    foot.append(this.muteButton(player.id));
    if (!desk) foot.append(this.reportButton(report));
    this.body.replaceChildren(...(desk ? [desk.body, foot] : [foot, report]));
    if (!this.element.open) this.element.show();
    this.leave.focus();
    this.place = place;
    this.put();
  }

  /** More is known of who has the card open. */
  describe(id: string, words: string): void {
    if (this.person === id) this.about.textContent = words;
  }

  close(): void {
    if (this.person === null) return;
    this.person = null;
    this.element.close();
    // What was typed does not stay on the page.
    this.body.replaceChildren();
    if (this.before instanceof HTMLElement) this.before.focus();
    this.actions.onClose();
  }

  private put(): void {
    if (this.person === null) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const { left, top, nib } = placeBeside(this.place, { width, height });
    this.element.style.setProperty("--card-x", `${left}px`);
    this.element.style.setProperty("--card-y", `${top}px`);
    this.element.style.setProperty("--nib-y", `${nib?.y ?? 0}px`);
    this.element.dataset.nib = nib?.side ?? "none";
  }

  private walkButton(id: string): HTMLElement {
    const button = el(
      "button",
      { class: "text-button", type: "button" },
      icon(steps, 18),
      this.speech.text.walkThere,
    );
    button.addEventListener("click", () => {
      this.before = null;
      this.close();
      this.actions.walkTo(id);
    });
    return button;
  }

  private muteButton(id: string): HTMLElement {
    const { text } = this.speech;
    const button = el("button", { class: "text-button", type: "button", title: text.muteHint });
    const label = () => {
      const muted = this.muted.has(id);
      button.replaceChildren(icon(muted ? speaker : speakerOff, 18), muted ? text.unmute : text.mute);
      button.setAttribute("aria-pressed", `${muted}`);
    };
    button.addEventListener("click", () => {
      this.actions.onMute(id);
      label();
    });
    label();
    return button;
  }

  private reportButton(form: HTMLElement): HTMLElement {
    const button = el(
      "button",
      { class: "text-button", type: "button", "aria-expanded": "false" },
      icon(flag, 18),
      this.speech.text.report,
    );
    button.addEventListener("click", () => {
      show(form, form.hasAttribute("hidden"));
      button.setAttribute("aria-expanded", `${!form.hasAttribute("hidden")}`);
      form.querySelector("textarea")?.focus();
    });
    return button;
  }

  private reportForm(id: string): HTMLElement {
    const { text } = this.speech;
    const field = el("textarea", {
      class: "field",
      id: REASON_ID,
      maxlength: `${LONGEST_REASON}`,
      rows: "3",
      dir: "auto",
    });
    const answer = el("p", { class: "card-problem", role: "status" });
    const send = el("button", { class: "button button-filled", type: "submit" }, text.reportSend);
    const form = el("form", {}, el("label", { for: REASON_ID }, text.reportWhy), field, answer, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = field.value.trim();
      if (reason === "") {
        answer.textContent = text.reportEmpty;
        field.focus();
        return;
      }
      void this.actions.report(id, reason).then((refusal) => {
        if (refusal !== undefined) answer.textContent = refusal;
        else form.replaceChildren(el("p", { class: "dialog-done", role: "status" }, text.reported));
      });
    });
    return form;
  }
}
