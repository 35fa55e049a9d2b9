/**
 * Lower right (upper right on a phone): what one needs seldom.
 */
import dotsThree from "@phosphor-icons/core/assets/bold/dots-three-bold.svg?raw";
import signOut from "@phosphor-icons/core/assets/regular/sign-out.svg?raw";
import tShirt from "@phosphor-icons/core/assets/regular/t-shirt.svg?raw";
import translate from "@phosphor-icons/core/assets/regular/translate.svg?raw";
import userCircle from "@phosphor-icons/core/assets/regular/user-circle.svg?raw";
import { LANGUAGES, type LanguageCode, type Speech } from "../text/speech";
import { el, icon, show } from "./element";

export interface MenuActions {
  readonly look: () => void;
  readonly account: () => void;
  readonly leave: () => void;
  readonly chooseLanguage: (code: LanguageCode) => void;
}

export class Menu {
  private readonly button = el(
    "button",
    { class: "icon-button menu-button", type: "button", "aria-haspopup": "true", "aria-expanded": "false" },
    icon(dotsThree, 22),
  );
  private readonly leave: HTMLButtonElement;
  private readonly look: HTMLButtonElement;
  private readonly line = el("hr");
  private readonly sheet = el("div", { class: "panel menu", hidden: "" });
  readonly element = el("nav", { class: "corner" }, this.sheet, this.button);

  constructor(speech: Speech, actions: MenuActions) {
    this.leave = this.item(signOut, () => actions.leave());
    const language = this.item(translate, () => actions.chooseLanguage(other(speech.code)));
    this.look = this.item(tShirt, () => actions.look());
    const account = this.item(userCircle, () => actions.account());
    this.sheet.append(this.look, account, language, this.line, this.leave);
    speech.say((text) => {
      this.button.setAttribute("aria-label", text.menu);
      this.button.title = text.menu;
      setWords(this.leave, text.leave);
      setWords(this.look, text.look);
      setWords(account, text.account);
      const next = other(speech.code);
      setWords(language, LANGUAGES[next].language);
      language.lang = next;
    });
    this.button.addEventListener("click", () => this.open(this.sheet.hidden !== false));
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.sheet.hidden) return;
      this.open(false);
      this.button.focus();
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) this.open(false);
    });
  }

  /** One can only leave a world one is in. */
  inWorld(inside: boolean): void {
    for (const part of [this.look, this.line, this.leave]) show(part, inside);
  }

  private item(source: string, run: () => void): HTMLButtonElement {
    const button = el("button", { type: "button" }, icon(source, 18), el("span"));
    button.addEventListener("click", () => {
      this.open(false);
      run();
    });
    return button;
  }

  private open(open: boolean): void {
    show(this.sheet, open);
    this.button.setAttribute("aria-expanded", `${open}`);
  }
}

function other(code: LanguageCode): LanguageCode {
  return code === "en" ? "es" : "en";
}

function setWords(button: HTMLButtonElement, words: string): void {
  const span = button.querySelector("span");
  if (span) span.textContent = words;
}
