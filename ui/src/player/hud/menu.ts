/**
 * Lower right (upper right on a phone): what one needs seldom.
 */
import dotsThree from "@phosphor-icons/core/assets/bold/dots-three-bold.svg?raw";
import gear from "@phosphor-icons/core/assets/regular/gear-six.svg?raw";
import signOut from "@phosphor-icons/core/assets/regular/sign-out.svg?raw";
import tShirt from "@phosphor-icons/core/assets/regular/t-shirt.svg?raw";
import translate from "@phosphor-icons/core/assets/regular/translate.svg?raw";
import userCircle from "@phosphor-icons/core/assets/regular/user-circle.svg?raw";
import userPlus from "@phosphor-icons/core/assets/regular/user-plus.svg?raw";
import { LANGUAGE_CODES, LANGUAGES, type Language } from "../../languages";
import { el, icon, show } from "../dom/element";
import type { Speech } from "../text/speech";
import { Popover } from "./popover";

export interface MenuActions {
  readonly share: () => void;
  readonly look: () => void;
  readonly account: () => void;
  readonly leave: () => void;
  readonly chooseLanguage: (code: Language) => void;
}

export class Menu {
  private readonly shortcut = el("button", { class: "icon-button hud-button look-button", type: "button" });
  private readonly button = el(
    "button",
    { class: "icon-button hud-button menu-button", type: "button" },
    icon(gear, 22),
    icon(dotsThree, 22),
  );
  private readonly share: HTMLButtonElement;
  private readonly look: HTMLButtonElement;
  private readonly leave: HTMLButtonElement;
  private readonly line = el("hr");
  private readonly sheet = el("div", { class: "panel menu" });
  private readonly holder = el("div", { class: "menu-corner" }, this.sheet, this.button);
  readonly element = el("nav", { class: "corner" }, this.shortcut, this.holder);
  private readonly popover: Popover;

  constructor(speech: Speech, actions: MenuActions) {
    this.popover = new Popover({ around: this.holder, button: this.button, panel: this.sheet });
    this.shortcut.append(icon(tShirt, 22));
    this.shortcut.addEventListener("click", () => actions.look());
    this.share = this.item(userPlus, () => actions.share());
    this.share.classList.add("menu-share");
    this.leave = this.item(signOut, () => actions.leave());
    this.look = this.item(tShirt, () => actions.look());
    const languages = LANGUAGE_CODES.map((code) => {
      const item = this.item(translate, () => actions.chooseLanguage(code));
      setWords(item, LANGUAGES[code]);
      item.lang = code;
      return { code, item };
    });
    const account = this.item(userCircle, () => actions.account());
    this.look.classList.add("menu-look");
    this.sheet.append(
      this.share,
      this.look,
      account,
      ...languages.map(({ item }) => item),
      this.line,
      this.leave,
    );
    speech.render((text) => {
      this.element.setAttribute("aria-label", text.menu);
      for (const [button, words] of [
        [this.button, text.menu],
        [this.shortcut, text.look],
      ] as const) {
        button.setAttribute("aria-label", words);
        button.title = words;
      }
      setWords(this.leave, text.leave);
      setWords(this.look, text.look);
      setWords(this.share, text.share.open);
      setWords(account, text.account);
      for (const { code, item } of languages) show(item, code !== speech.code);
    });
  }

  /** One can only leave a world one is in, and dress for it. */
  inWorld(inside: boolean): void {
    for (const part of [this.shortcut, this.share, this.look, this.line, this.leave]) show(part, inside);
  }

  private item(source: string, run: () => void): HTMLButtonElement {
    const button = el("button", { type: "button" }, icon(source, 18), el("span"));
    button.addEventListener("click", () => {
      this.popover.close();
      run();
    });
    return button;
  }
}

function setWords(button: HTMLButtonElement, words: string): void {
  const span = button.querySelector("span");
  if (span) span.textContent = words;
}
