/**
 * The entrance: one field, one button, and behind it the world as it is right now.
 */
import { brandMark, wordmark } from "../brand/brand";
import type { Speech } from "../text/speech";
import { el } from "./element";

const FIELD_ID = "name-field";
/** Longest name the contract keeps. */
const LONGEST_NAME = 100;

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
  });
  private readonly problem = el("p", { class: "card-problem", role: "alert" });
  private readonly button = el("button", { class: "button button-filled", type: "submit" });
  readonly element: HTMLElement;
  private busy = false;
  private unreachable = false;
  private people: { readonly world: string; readonly count: number } | null = null;

  constructor(
    private readonly speech: Speech,
    name: string,
    onEnter: (name: string) => void,
  ) {
    this.field.value = name;
    const head = el("div", { class: "card-brand" }, brandMark(56), el("h1", {}, wordmark()), this.world);
    const form = el("form", { novalidate: "" }, this.label, this.field, this.problem, this.button);
    this.element = el("main", { class: "stage entrance" }, el("div", { class: "card" }, head, form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const written = this.field.value.trim();
      if (this.busy) return;
      if (written === "") {
        this.complain(speech.text.nameMissing);
        this.focus();
        return;
      }
      this.complain("");
      onEnter(written);
    });
    speech.say(() => this.render());
  }

  focus(): void {
    this.field.focus();
    this.field.select();
  }

  /** Offers a name where none was written. */
  suggest(name: string): void {
    if (this.field.value.trim() === "") this.field.value = name;
  }

  /** What one sees through the door; `null` while the harbour is not in sight. */
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

  private render(): void {
    const { text } = this.speech;
    this.label.textContent = text.yourName;
    this.button.textContent = this.busy ? text.goingIn : text.goIn;
    this.button.setAttribute("aria-disabled", `${this.busy}`);
    this.world.replaceChildren(...this.sight());
  }

  private sight(): (Node | string)[] {
    const { text } = this.speech;
    if (this.unreachable) return [text.harbourOutOfReach];
    if (!this.people) return [text.reachingHarbour];
    const { world, count } = this.people;
    const name = el("strong", { dir: "auto" }, world);
    const people = count === 0 ? text.nobodyYet : text.peopleHere(count);
    return world === "" ? [people] : [name, el("br"), people];
  }
}
