/**
 * Logging in, making an account, logging out. It asks and shows; what an account means for the visit is the page's.
 */
import type { Account } from "../../contract";
import type { Answer } from "../../sdk";
import type { Speech } from "../text/speech";
import { Dialog } from "./dialog";
import { el } from "./element";

/** The shortest password the field accepts; the server has the last word. */
const SHORTEST_PASSWORD = 8;

export interface AccountActions {
  readonly logIn: (email: string, password: string) => Promise<Answer<Account>>;
  readonly register: (username: string, email: string, password: string) => Promise<Answer<Account>>;
  readonly logOut: () => Promise<Answer<true>>;
}

interface Field {
  readonly label: string;
  readonly type: string;
  readonly autocomplete: string;
}

export class AccountDialog extends Dialog {
  constructor(
    private readonly speech: Speech,
    private readonly actions: AccountActions,
  ) {
    super("account");
  }

  show(account: Account | null): void {
    if (account) this.showAccount(account);
    else this.showLogIn();
    this.open();
  }

  private showAccount({ username }: Account): void {
    const { text } = this.speech;
    this.name(text.account, text.close);
    const problem = el("p", { class: "card-problem", role: "alert" });
    const out = el("button", { class: "button button-line", type: "button" }, text.logOut);
    out.addEventListener(
      "click",
      () => void this.actions.logOut().then((answer) => this.finish(answer, problem)),
    );
    this.body.replaceChildren(el("p", {}, text.loggedInAs(username)), problem, out);
  }

  private showLogIn(): void {
    const { text } = this.speech;
    const fields = [
      { label: text.email, type: "email", autocomplete: "email" },
      { label: text.password, type: "password", autocomplete: "current-password" },
    ];
    const other = el("button", { class: "button button-quiet", type: "button" }, text.register);
    other.addEventListener("click", () => this.showRegister());
    this.name(text.logIn, text.close);
    this.body.replaceChildren(
      this.form(fields, text.logIn, ([email = "", password = ""]) => this.actions.logIn(email, password)),
      other,
    );
  }

  private showRegister(): void {
    const { text } = this.speech;
    const fields = [
      { label: text.yourName, type: "text", autocomplete: "username" },
      { label: text.email, type: "email", autocomplete: "email" },
      { label: text.password, type: "password", autocomplete: "new-password" },
    ];
    const other = el("button", { class: "button button-quiet", type: "button" }, text.logIn);
    other.addEventListener("click", () => this.showLogIn());
    this.name(text.register, text.close);
    this.body.replaceChildren(
      el("p", { class: "dialog-hint" }, text.registerHint),
      this.form(fields, text.register, ([name = "", email = "", password = ""]) =>
        this.actions.register(name, email, password),
      ),
      other,
    );
  }

  private form(
    fields: readonly Field[],
    verb: string,
    submit: (values: readonly string[]) => Promise<Answer<Account>>,
  ): HTMLFormElement {
    const inputs = fields.map(({ type, autocomplete }, i) =>
      el("input", {
        class: "field",
        type,
        autocomplete,
        required: "",
        id: `account-${type}`,
        ...(i === 0 && { autofocus: "" }),
      }),
    );
    const labelled = inputs.flatMap((input, i) => [
      el("label", { for: input.id }, fields[i]?.label ?? ""),
      input,
    ]);
    for (const input of inputs)
      if (input.autocomplete === "new-password") input.minLength = SHORTEST_PASSWORD;
    const problem = el("p", { class: "card-problem", role: "alert" });
    const button = el("button", { class: "button button-filled", type: "submit" }, verb);
    const form = el("form", {}, ...labelled, problem, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.disabled = true;
      void submit(inputs.map((input) => (input.type === "password" ? input.value : input.value.trim()))).then(
        (answer) => {
          button.disabled = false;
          this.finish(answer, problem);
        },
      );
    });
    return form;
  }

  private finish(answer: Answer<unknown>, problem: HTMLElement): void {
    if (answer.ok) this.close();
    else problem.textContent = answer.message || this.speech.text.noAnswer;
  }
}
