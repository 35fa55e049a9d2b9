/**
 * The foot of the entrance: for who was here before, and the language. On a phone the language stands in the upper
 * right corner of the page.
 */
import globe from "@phosphor-icons/core/assets/regular/globe.svg?raw";
import { isLanguage, LANGUAGE_CODES, LANGUAGES, type Language } from "../../languages";
import type { PlayerText } from "../../languages/en/player";
import { el, icon } from "../dom/element";

export class EntranceFoot {
  private readonly question = el("span");
  private readonly account = el("button", { class: "text-button", type: "button" });
  private readonly choice = el("select");
  readonly element = el(
    "div",
    { class: "card-foot" },
    el("p", {}, this.question, " ", this.account),
    el("span", { class: "card-language" }, icon(globe, 16), this.choice),
  );
  private loggedInAs: string | null = null;

  constructor(
    onAccount: () => void,
    readonly onLanguage: (code: Language) => void,
  ) {
    this.account.addEventListener("click", onAccount);
    for (const code of LANGUAGE_CODES)
      this.choice.append(el("option", { value: code, lang: code }, LANGUAGES[code]));
    this.choice.addEventListener("change", () => {
      if (isLanguage(this.choice.value)) this.onLanguage(this.choice.value);
    });
  }

  /** `null` for a guest. */
  knows(account: string | null, text: PlayerText): void {
    this.loggedInAs = account;
    this.say(text);
  }

  render(code: Language, text: PlayerText): void {
    this.choice.value = code;
    this.choice.setAttribute("aria-label", text.language);
    this.say(text);
  }

  private say(text: PlayerText): void {
    const name = this.loggedInAs;
    this.question.textContent = name === null ? text.beenHere : "";
    this.account.textContent = name === null ? text.logIn : text.loggedInAs(name);
  }
}
