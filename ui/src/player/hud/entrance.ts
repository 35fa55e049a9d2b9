/**
 * The entrance: one field, one button, and behind it the world as it is right now. A world that asks for a PIN gets a
 * second field.
 */
import { brandMark, wordmark } from "../brand/brand";
import { el, show } from "../dom/element";
import type { Speech } from "../text/speech";

const FIELD_ID = "name-field";
const PIN_ID = "pin-field";
const PIN_HINT_ID = "pin-hint";
const PROBLEM_ID = "entrance-problem";
/** Longest name the contract keeps. */
const LONGEST_NAME = 100;
/** Longest PIN the field takes; the server has the last word. */
const LONGEST_PIN = 32;

export interface EntranceActions {
  /** `pin` is empty while nobody asked for one. */
  readonly enter: (name: string, pin: string) => void;
  readonly account: () => void;
}

export class Entrance {
  private readonly world = el("p", { class: "card-world" });
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
    "aria-describedby": PROBLEM_ID,
  });
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
  private readonly account = el("button", { class: "button button-quiet", type: "button" });
  readonly element: HTMLElement;
  private busy = false;
  private unreachable = false;
  private loggedInAs: string | null = null;
  private people: { readonly world: string; readonly count: number } | null = null;

  constructor(
    private readonly speech: Speech,
    name: string,
    private readonly actions: EntranceActions,
  ) {
    this.field.value = name;
    const head = el("div", { class: "card-brand" }, brandMark(56), el("h1", {}, wordmark()), this.world);
    const nameField = el("div", { class: "card-field" }, this.label, this.field);
    const form = el("form", { novalidate: "" }, nameField, this.pinPart, this.problem, this.button);
    this.element = el(
      "div",
      { class: "stage entrance" },
      el("div", { class: "card" }, head, form, this.account),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.account.addEventListener("click", () => actions.account());
    speech.render(() => this.render());
  }

  focus(): void {
    const wanted = this.asksForPin && this.field.value.trim() !== "" ? this.pinField : this.field;
    wanted.focus();
    wanted.select();
  }

  /** Offers a name where none was written. */
  suggest(name: string): void {
    if (this.field.value.trim() === "") this.field.value = name;
  }

  /** Shows the field for the PIN from now on. */
  askForPin(): void {
    this.pinField.value = "";
    show(this.pinPart, true);
  }

  /** `null` for a guest. */
  knows(account: string | null): void {
    this.loggedInAs = account;
    this.render();
  }

  /** What one sees of the world from outside; `null` while the harbour is not in sight. */
  lookIn(people: { readonly world: string; readonly count: number } | null): void {
    this.people = people;
    this.render();
  }

  outOfReach(unreachable: boolean): void {
    this.unreachable = unreachable;
    this.render();
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

  private submit(): void {
    const { text } = this.speech;
    const name = this.field.value.trim();
    const pin = this.pinField.value.trim();
    if (this.busy) return;
    if (name === "" || (this.asksForPin && pin === "")) {
      this.complain(name === "" ? text.nameMissing : text.pinMissing);
      this.focus();
      return;
    }
    this.complain("");
    this.actions.enter(name, pin);
  }

  private render(): void {
    const { text } = this.speech;
    this.label.textContent = text.yourName;
    this.pinLabel.textContent = text.pin;
    this.pinHint.textContent = text.pinHint;
    this.button.textContent = this.busy ? text.goingIn : text.goIn;
    this.button.setAttribute("aria-disabled", `${this.busy}`);
    this.account.textContent = this.loggedInAs === null ? text.logIn : text.loggedInAs(this.loggedInAs);
    this.world.replaceChildren(...this.sight());
  }

  private sight(): (Node | string)[] {
    const { text } = this.speech;
    if (this.unreachable) return [text.harbourOutOfReach];
    if (!this.people) return [text.reachingHarbour];
    const { world, count } = this.people;
    const name = el("strong", { dir: "auto" }, world);
    const people = el("span", {}, count === 0 ? text.nobodyYet : text.peopleHere(count));
    return world === "" ? [people] : [name, people];
  }
}
