/**
 * A form of labelled fields with one button, that says what went wrong and keeps what was typed.
 */
import { el } from "../dom/element";

export interface FormField {
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autocomplete: string;
  /** A sentence under the field. */
  readonly hint?: string;
  readonly shortest?: number;
  /** Stands there already. */
  readonly value?: string;
}

export interface FormParts {
  readonly fields: readonly FormField[];
  readonly verb: string;
  /** `danger` for what cannot be undone. */
  readonly tone?: "danger";
  /** Answers a sentence why not, or nothing when it is done. */
  readonly submit: (values: readonly string[]) => Promise<string | undefined>;
}

let forms = 0;

export function accountForm({ fields, verb, tone, submit }: FormParts): HTMLFormElement {
  forms += 1;
  const inputs = fields.map((field, i) => inputFor(field, `account-${forms}-${i}`));
  inputs[0]?.setAttribute("autofocus", "");
  const problem = el("p", { class: "card-problem", role: "alert" });
  const style = tone === "danger" ? "button-danger" : "button-filled";
  const button = el("button", { class: `button ${style}`, type: "submit" }, verb);
  const parts = inputs.map((input, i) => labelled(input, fields[i]));
  const form = el("form", {}, ...parts, problem, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    problem.textContent = "";
    void submit(inputs.map(({ type, value }) => (type === "password" ? value : value.trim()))).then((why) => {
      button.disabled = false;
      problem.textContent = why ?? "";
    });
  });
  return form;
}

function inputFor({ type, autocomplete, hint, shortest, value }: FormField, id: string): HTMLInputElement {
  return el("input", {
    class: "field",
    id,
    type,
    autocomplete,
    required: "",
    ...(value !== undefined && { value }),
    ...(hint !== undefined && { "aria-describedby": `${id}-hint` }),
    ...(shortest !== undefined && { minlength: `${shortest}` }),
  });
}

function labelled(input: HTMLInputElement, field: FormField | undefined): HTMLElement {
  const part = el("div", { class: "card-field" }, el("label", { for: input.id }, field?.label ?? ""), input);
  if (field?.hint !== undefined)
    part.append(el("p", { class: "card-hint", id: `${input.id}-hint` }, field.hint));
  return part;
}
