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
  /** What is said when nothing stands there. */
  readonly missing: string;
  /** In characters, and what is said of less. */
  readonly shortest?: { readonly length: number; readonly words: string };
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
  // The browser's own words are in its language, which may not be the page's.
  const form = el("form", { novalidate: "" }, ...parts, problem, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const faults = fields.map((field, i) => faultIn(field, inputs[i]?.value ?? ""));
    const wrong = faults.findIndex((fault) => fault !== "");
    problem.textContent = faults[wrong] ?? "";
    if (wrong >= 0) {
      inputs[wrong]?.focus();
      return;
    }
    button.disabled = true;
    void submit(inputs.map(({ type, value }) => (type === "password" ? value : value.trim()))).then((why) => {
      button.disabled = false;
      problem.textContent = why ?? "";
    });
  });
  return form;
}

/** What one has to do before it is sent; empty for nothing. */
function faultIn({ type, missing, shortest }: FormField, value: string): string {
  const given = type === "password" ? value : value.trim();
  if (given === "") return missing;
  return shortest && given.length < shortest.length ? shortest.words : "";
}

function inputFor({ type, autocomplete, hint, value }: FormField, id: string): HTMLInputElement {
  return el("input", {
    class: "field",
    id,
    type,
    autocomplete,
    required: "",
    ...(value !== undefined && { value }),
    ...(hint !== undefined && { "aria-describedby": `${id}-hint` }),
  });
}

function labelled(input: HTMLInputElement, field: FormField | undefined): HTMLElement {
  const part = el("div", { class: "card-field" }, el("label", { for: input.id }, field?.label ?? ""), input);
  if (field?.hint !== undefined)
    part.append(el("p", { class: "card-hint", id: `${input.id}-hint` }, field.hint));
  return part;
}
