/**
 * Logging in, making an account, changing its password, deleting it, logging out. It asks and shows; what an account
 * means for the visit is the page's.
 */

import type { Answer } from "@comutiny/client";
import type { Account } from "@comutiny/client/contract";
import { el } from "../dom/element";
import type { Speech } from "../text/speech";
import { accountForm, type FormField } from "./account-form";
import { Dialog } from "./dialog";

/** The shortest password the field accepts; the server has the last word. */
const SHORTEST_PASSWORD = 8;

export interface AccountActions {
  readonly logIn: (email: string, password: string) => Promise<Answer<Account>>;
  readonly register: (username: string, email: string, password: string) => Promise<Answer<Account>>;
  readonly logOut: () => Promise<Answer<true>>;
  readonly changePassword: (current: string, next: string) => Promise<Answer<Account>>;
  readonly deleteAccount: (password: string) => Promise<Answer<true>>;
}

export class AccountDialog extends Dialog {
  constructor(
    private readonly speech: Speech,
    private readonly actions: AccountActions,
    /** What a new account is called unless its owner writes something else. */
    private readonly suggestedName: () => string,
  ) {
    super("account");
  }

  show(account: Account | null): void {
    if (account) this.showAccount(account);
    else this.showLogIn();
    this.open();
  }

  private showAccount(account: Account, done = ""): void {
    const { text } = this.speech;
    const problem = el("p", { class: "card-problem", role: "alert" });
    const logOut = async () => {
      problem.textContent = this.problemIn(await this.actions.logOut()) ?? "";
      if (problem.textContent === "") this.close();
    };
    this.turnTo(text.account, [
      el(
        "p",
        { class: "account-who" },
        el("strong", { dir: "auto" }, account.username),
        el("span", { dir: "auto" }, account.email),
      ),
      el("p", { class: "dialog-done", role: "status" }, done),
      this.button("button-line", text.changePassword, () => this.showPassword(account)),
      this.button("button-line", text.logOut, () => void logOut()),
      problem,
      this.button("button-quiet button-loss", text.deleteAccount, () => this.showDelete(account)),
    ]);
  }

  private showLogIn(): void {
    const { text } = this.speech;
    this.turnTo(text.logIn, [
      accountForm({
        fields: [this.email(), this.password(text.password, "current-password")],
        verb: text.logIn,
        submit: async ([email = "", password = ""]) =>
          this.closedBy(await this.actions.logIn(email, password)),
      }),
      this.button("button-quiet", text.register, () => this.showRegister()),
    ]);
  }

  private showRegister(): void {
    const { text } = this.speech;
    this.turnTo(text.register, [
      el("p", { class: "dialog-hint" }, text.registerHint),
      accountForm({
        fields: [
          {
            label: text.yourName,
            type: "text",
            autocomplete: "username",
            missing: text.sentence.noName,
            value: this.suggestedName(),
          },
          this.email(),
          this.password(text.password, "new-password"),
        ],
        verb: text.register,
        submit: async ([name = "", email = "", password = ""]) =>
          this.closedBy(await this.actions.register(name, email, password)),
      }),
      this.button("button-quiet", text.logIn, () => this.showLogIn()),
    ]);
  }

  private showPassword(account: Account): void {
    const { text } = this.speech;
    this.turnTo(text.changePassword, [
      accountForm({
        fields: [
          this.password(text.currentPassword, "current-password"),
          this.password(text.newPassword, "new-password"),
        ],
        verb: text.changePassword,
        submit: async ([current = "", next = ""]) => {
          const why = this.problemIn(await this.actions.changePassword(current, next), text.wrongPassword);
          if (why === undefined) this.showAccount(account, text.passwordChanged);
          return why;
        },
      }),
      this.button("button-quiet", text.goBack, () => this.showAccount(account)),
    ]);
  }

  private showDelete(account: Account): void {
    const { text } = this.speech;
    this.turnTo(text.deleteTitle, [
      el("p", { class: "dialog-hint" }, text.deleteHint),
      accountForm({
        fields: [this.password(text.password, "current-password")],
        verb: text.deleteAccount,
        tone: "danger",
        submit: async ([password = ""]) => {
          const why = this.problemIn(await this.actions.deleteAccount(password), text.wrongPassword);
          if (why === undefined) this.showDeleted();
          return why;
        },
      }),
      this.button("button-quiet", text.goBack, () => this.showAccount(account)),
    ]);
  }

  private showDeleted(): void {
    const { text } = this.speech;
    this.turnTo(text.account, [
      el("p", { role: "status" }, text.deleted),
      this.button("button-filled", text.close, () => this.close()),
    ]);
  }

  /** One step of the dialog; the first thing one can fill in or press has the focus. */
  private turnTo(title: string, parts: readonly HTMLElement[]): void {
    this.name(title, this.speech.text.close);
    this.body.replaceChildren(...parts);
    this.body.querySelector<HTMLElement>("input, button")?.focus();
  }

  private email(): FormField {
    const { email, sentence } = this.speech.text;
    return { label: email, type: "email", autocomplete: "email", missing: sentence.noEmail };
  }

  private password(label: string, autocomplete: "current-password" | "new-password"): FormField {
    const { sentence, passwordLength } = this.speech.text;
    const field: FormField = { label, type: "password", autocomplete, missing: sentence.noPassword };
    if (autocomplete === "current-password") return field;
    const words = sentence.shortPassword.replace("#", `${SHORTEST_PASSWORD}`);
    return {
      ...field,
      shortest: { length: SHORTEST_PASSWORD, words },
      hint: passwordLength(SHORTEST_PASSWORD),
    };
  }

  private button(style: string, words: string, run: () => void): HTMLButtonElement {
    const button = el("button", { class: `button ${style}`, type: "button" }, words);
    button.addEventListener("click", run);
    return button;
  }

  private closedBy(answer: Answer<unknown>): string | undefined {
    if (answer.ok) this.close();
    return this.problemIn(answer);
  }

  private problemIn(answer: Answer<unknown>, wrongPassword?: string): string | undefined {
    if (answer.ok) return undefined;
    if (answer.code === "wrong-credentials" && wrongPassword !== undefined) return wrongPassword;
    return this.speech.refusal(answer);
  }
}
