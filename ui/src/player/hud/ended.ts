/**
 * The end of a visit, before the harbour at night: what happened, why, and what one can do.
 */
import type { SessionTerminated } from "@comutiny/client/contract";
import type { PlayerText } from "../../languages/en/player";
import { el } from "../dom/element";
import type { Speech } from "../text/speech";
import type { Portraits, Sitter } from "../view/portrait";

interface Words {
  readonly title: string;
  readonly body: string;
  /** A moderator's own words. */
  readonly wrote: string;
  readonly next: string;
  readonly again: string;
}

const FIGURE_HEIGHT = 104;

export class Ended {
  readonly element = el("div", { class: "stage ended" });

  constructor(
    private readonly speech: Speech,
    private readonly portraits: Portraits,
    private readonly onAgain: () => void,
  ) {}

  show(ended: SessionTerminated, world: string, sitter: Sitter): void {
    const { text } = this.speech;
    const named = world === "" ? "CoMutiNy" : world;
    const words = wordsFor(ended, named, text, (iso) => this.speech.until(iso, new Date()));
    const known = this.speech.sentence(ended.reason);
    const later = el("button", { class: "button button-quiet", type: "button" }, text.leaveForToday);
    later.addEventListener("click", () => this.goodNight(sitter));
    this.fill(sitter, words.title, [
      el("p", {}, known ?? words.body),
      ...(words.wrote === "" || known !== undefined ? [] : [el("blockquote", { dir: "auto" }, words.wrote)]),
      ...(words.next === "" ? [] : [el("p", { class: "card-next" }, words.next)]),
      this.againButton(words.again),
      later,
    ]);
  }

  private goodNight(sitter: Sitter): void {
    const { text } = this.speech;
    this.fill(sitter, text.goodNight, [
      el("p", { class: "card-next" }, text.goodNightBody),
      this.againButton(text.goBackIn),
    ]);
  }

  private fill(sitter: Sitter, title: string, rest: readonly HTMLElement[]): void {
    const heading = el("h1", { tabindex: "-1", id: "ended-title" }, title);
    const card = el("div", { class: "card", role: "alertdialog", "aria-labelledby": "ended-title" });
    card.append(this.portraits.whole(sitter, FIGURE_HEIGHT), heading, ...rest);
    this.element.replaceChildren(card);
    heading.focus();
  }

  private againButton(words: string): HTMLElement {
    const button = el("button", { class: "button button-filled", type: "button" }, words);
    button.addEventListener("click", this.onAgain);
    return button;
  }
}

/** Every code of the contract has words of its own; for others the server's sentence is shown as it came. */
function wordsFor(
  { code, reason: given, message, until }: SessionTerminated,
  world: string,
  text: PlayerText,
  untilWhen: (iso: string) => string,
): Words {
  const { ended } = text;
  // The server's own sentence stands for a moderator who wrote nothing.
  const reason = given === message ? "" : given;
  switch (code) {
    case "kicked": {
      const { title, body, bodyWrote, next } = ended.kicked;
      return { title, next, wrote: reason, body: (reason ? bodyWrote : body)(world), again: text.goBackIn };
    }
    case "banned": {
      const { title, titleUntil, body, bodyWrote, next, nextUntil } = ended.banned;
      return {
        title: until === undefined ? title : titleUntil(untilWhen(until)),
        body: (reason ? bodyWrote : body)(world),
        wrote: reason,
        next: until === undefined ? next : nextUntil,
        again: text.tryAgain,
      };
    }
    case "duplicate":
      return { ...ended.duplicate, wrote: "", next: "", again: text.playHere };
    case "shutdown":
      return { ...ended.shutdown, body: ended.shutdown.body(world), wrote: "", again: text.tryAgain };
    case "slow-consumer":
    case "flooding":
    case "idle":
      return { ...ended[code], wrote: "", again: text.goBackIn };
    default:
      return {
        ...ended.other,
        body: ended.other.body(world),
        wrote: reason || message,
        again: text.goBackIn,
      };
  }
}
