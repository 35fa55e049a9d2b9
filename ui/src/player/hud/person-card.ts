/**
 * What one can do about another player: not hear him, or tell the moderators.
 */
import flag from "@phosphor-icons/core/assets/regular/flag.svg?raw";
import speaker from "@phosphor-icons/core/assets/regular/speaker-simple-high.svg?raw";
import speakerOff from "@phosphor-icons/core/assets/regular/speaker-simple-slash.svg?raw";
import type { Player } from "../../contract";
import { el, icon } from "../dom/element";
import type { Muted } from "../muted";
import type { Speech } from "../text/speech";
import { type Portraits, sitterOf } from "../view/portrait";
import { Dialog } from "./dialog";

const REASON_ID = "report-reason";
/** Longest reason, in characters. */
const LONGEST_REASON = 500;
const FIGURE_HEIGHT = 92;

export interface PersonActions {
  readonly onMute: (id: string) => void;
  /** Answers a sentence why not, or nothing when it was sent. */
  readonly report: (id: string, reason: string) => Promise<string | undefined>;
}

export class PersonCard extends Dialog {
  constructor(
    private readonly speech: Speech,
    private readonly muted: Muted,
    private readonly portraits: Portraits,
    private readonly actions: PersonActions,
  ) {
    super("person-card");
  }

  show(player: Player): void {
    const { text } = this.speech;
    this.name(player.name, text.close);
    const mute = el("button", { class: "button button-line", type: "button" });
    const label = () => {
      const muted = this.muted.has(player.id);
      mute.replaceChildren(icon(muted ? speaker : speakerOff, 18), muted ? text.unmute : text.mute);
      mute.setAttribute("aria-pressed", `${muted}`);
    };
    mute.addEventListener("click", () => {
      this.actions.onMute(player.id);
      label();
    });
    label();
    this.body.replaceChildren(
      el(
        "div",
        { class: "person-figure" },
        this.portraits.whole(sitterOf(player.id, player.metadata), FIGURE_HEIGHT),
      ),
      mute,
      el("p", { class: "dialog-hint" }, text.muteHint),
      this.reportForm(player.id),
    );
    this.open();
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
    const send = el("button", { class: "button button-line", type: "submit" }, icon(flag, 18), text.report);
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
