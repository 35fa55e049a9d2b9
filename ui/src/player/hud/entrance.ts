/**
 * The entrance: a name that is there already, the figure that will walk in, one button, and behind it the world as it
 * is right now. A world that asks for a PIN gets a second field.
 */
import arrow from "@phosphor-icons/core/assets/bold/arrow-right-bold.svg?raw";
import shirt from "@phosphor-icons/core/assets/regular/t-shirt.svg?raw";
import { el, icon, show } from "../dom/element";
import type { Speech } from "../text/speech";
import type { Portraits, Sitter } from "../view/portrait";
import { Dice } from "./dice";
import type { Dressing } from "./dressing";
import { EntranceFoot } from "./entrance-foot";
import { EntranceHead, type Sight } from "./entrance-head";

const FIELD_ID = "name-field";
const HINT_ID = "name-hint";
const PIN_ID = "pin-field";
const PIN_HINT_ID = "pin-hint";
const PROBLEM_ID = "entrance-problem";
/** Longest name the contract keeps. */
const LONGEST_NAME = 100;
/** Longest PIN the field takes; the server has the last word. */
const LONGEST_PIN = 32;
/** CSS pixels; the style makes it smaller on a phone. */
const FIGURE_HEIGHT = 142;

export interface EntranceParts {
  readonly speech: Speech;
  readonly portraits: Portraits;
  /** The name of last time; empty for who was never here. */
  readonly name: string;
  /** A name for somebody without one: this one while nobody else has it, else another. */
  readonly offer: (current: string | null) => string;
  /** Shown in the place of everything else while somebody dresses. */
  readonly dressing: Dressing;
}

export interface EntranceActions {
  /** `pin` is empty while nobody asked for one. */
  readonly enter: (name: string, pin: string) => void;
  readonly account: () => void;
  /** Another figure, by chance. */
  readonly roll: () => void;
  /** The wardrobe, in this card. */
  readonly dress: () => void;
  readonly chooseLanguage: EntranceFoot["onLanguage"];
}

export class Entrance {
  private readonly head: EntranceHead;
  private readonly figure = el("div", { class: "entry-figure" });
  private readonly rollName: Dice;
  private readonly rollLook: Dice;
  private readonly dress = el("button", { class: "button button-line", type: "button" });
  private readonly label = el("label", { for: FIELD_ID });
  private readonly field = el("input", {
    class: "field",
    id: FIELD_ID,
    type: "text",
    name: "name",
    autocomplete: "nickname",
    enterkeyhint: "go",
    maxlength: `${LONGEST_NAME}`,
    dir: "auto",
    autofocus: "",
    "aria-describedby": `${HINT_ID} ${PROBLEM_ID}`,
  });
  private readonly hint = el("p", { class: "card-hint", id: HINT_ID });
  private readonly pinLabel = el("label", { for: PIN_ID });
  private readonly pinField = el("input", {
    class: "field",
    id: PIN_ID,
    type: "text",
    name: "pin",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "go",
    maxlength: `${LONGEST_PIN}`,
    "aria-describedby": `${PIN_HINT_ID} ${PROBLEM_ID}`,
  });
  private readonly pinHint = el("p", { class: "card-hint", id: PIN_HINT_ID });
  private readonly pinPart = el(
    "div",
    { class: "card-field", hidden: "" },
    this.pinLabel,
    this.pinField,
    this.pinHint,
  );
  private readonly problem = el("p", { class: "card-problem", role: "alert", id: PROBLEM_ID });
  private readonly button = el("button", { class: "button button-filled", type: "submit" });
  private readonly foot: EntranceFoot;
  private readonly welcome: HTMLElement;
  readonly element: HTMLElement;
  private busy = false;
  /** What stands in the field is the page's idea, and not the visitor's. */
  private offered: boolean;

  constructor(
    private readonly parts: EntranceParts,
    private readonly actions: EntranceActions,
  ) {
    const { speech, portraits, name, offer, dressing } = parts;
    this.offered = name === "";
    this.field.value = name === "" ? offer(null) : name;
    this.head = new EntranceHead(speech, portraits);
    this.foot = new EntranceFoot(() => actions.account(), actions.chooseLanguage);
    this.rollName = new Dice("dice-name", 3, () => this.offerName(null));
    this.rollLook = new Dice("dice-look", 5, () => actions.roll());
    const nameField = el("div", { class: "entry-name" }, this.field, this.rollName.element);
    const named = el("div", { class: "card-field" }, this.label, nameField, this.hint);
    const form = el(
      "form",
      { novalidate: "" },
      el(
        "div",
        { class: "entry-self" },
        el("div", { class: "entry-stand" }, this.figure, this.rollLook.element),
        el("div", { class: "entry-fields" }, named, this.dress),
      ),
      this.pinPart,
      this.problem,
      this.button,
    );
    this.welcome = el("div", { class: "entry-welcome" }, this.head.element, form, this.foot.element);
    this.element = el(
      "div",
      { class: "stage entrance" },
      el("div", { class: "card" }, this.welcome, dressing.element),
    );
    show(dressing.element, false);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => {
      this.offered = false;
    });
    this.dress.addEventListener("click", () => actions.dress());
    speech.render(() => {
      if (this.offered) this.offerName(null);
      this.render();
    });
  }

  focus(): void {
    const wanted = this.asksForPin && this.field.value.trim() !== "" ? this.pinField : this.field;
    wanted.focus();
    wanted.select();
  }

  /** Offers a name where the visitor wrote none. */
  suggest(name: string): void {
    if (name === "" || (!this.offered && this.field.value.trim() !== "")) return;
    this.field.value = name;
    this.offered = false;
  }

  /** What somebody is called who makes an account. */
  get name(): string {
    return this.field.value.trim();
  }

  /** Shows the field for the PIN from now on. */
  askForPin(): void {
    this.pinField.value = "";
    show(this.pinPart, true);
  }

  /** `null` for a guest. */
  knows(account: string | null): void {
    this.foot.knows(account, this.parts.speech.text);
  }

  /** Who will walk in. */
  showFigure(sitter: Sitter): void {
    this.figure.replaceChildren(this.parts.portraits.whole(sitter, FIGURE_HEIGHT));
  }

  /** The wardrobe takes the card, or gives it back. */
  turnToWardrobe(open: boolean): void {
    const { dressing } = this.parts;
    show(this.welcome, !open);
    show(dressing.element, open);
    this.element.classList.toggle("dressing-up", open);
    if (open) dressing.focus();
    else this.dress.focus();
  }

  /** `null` while the harbour is not in sight. */
  lookIn(sight: Sight | null): void {
    this.head.lookIn(sight);
    if (!this.offered) return;
    const name = this.parts.offer(this.field.value);
    if (name !== this.field.value) this.putName(name);
  }

  outOfReach(unreachable: boolean): void {
    this.head.outOfReach(unreachable);
  }

  setBusy(busy: boolean): void {
    this.busy = busy;
    this.render();
  }

  complain(why: string): void {
    this.problem.textContent = why;
  }

  private get asksForPin(): boolean {
    return !this.pinPart.hidden;
  }

  private offerName(current: string | null): void {
    this.offered = true;
    this.putName(this.parts.offer(current));
  }

  private putName(name: string): void {
    this.field.value = name;
    if (document.activeElement === this.field) this.field.select();
  }

  private submit(): void {
    const { text } = this.parts.speech;
    const name = this.field.value.trim();
    const pin = this.pinField.value.trim();
    if (this.busy) return;
    if (name === "" || (this.asksForPin && pin === "")) {
      this.complain(name === "" ? text.nameMissing : text.pinMissing);
      this.focus();
      return;
    }
    this.complain("");
    this.offered = false;
    this.actions.enter(name, pin);
  }

  private render(): void {
    const { speech } = this.parts;
    const { text } = speech;
    this.label.textContent = text.nameInHarbour;
    this.hint.replaceChildren(
      el("span", { class: "wide" }, text.nameHint),
      el("span", { class: "narrow" }, text.nameHintShort),
    );
    this.rollName.name(text.anotherName);
    this.rollLook.name(text.anotherLookLabel, text.anotherLook);
    this.dress.replaceChildren(icon(shirt, 20), text.look);
    this.pinLabel.textContent = text.pin;
    this.pinHint.textContent = text.pinHint;
    this.button.replaceChildren(
      this.busy ? text.goingIn : text.goIn,
      ...(this.busy ? [] : [icon(arrow, 18)]),
    );
    this.button.setAttribute("aria-disabled", `${this.busy}`);
    this.head.render();
    this.foot.render(speech.code, text);
  }
}
