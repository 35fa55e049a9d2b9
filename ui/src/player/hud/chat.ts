/**
 * Lower left: the last lines and the field labelled "Chat", always open. While a moderator has muted the visitor the
 * field says until when and keeps what was typed.
 */
import paperPlane from "@phosphor-icons/core/assets/fill/paper-plane-right-fill.svg?raw";
import microphoneOff from "@phosphor-icons/core/assets/regular/microphone-slash.svg?raw";
import { el, icon, show } from "../dom/element";
import type { Speech } from "../text/speech";
import { ChatLines } from "./chat-lines";

/** Longest message, in UTF-16 units; the server truncates at 500 characters. */
const LONGEST = 2000;
const FIELD_ID = "chat-field";
const SILENCED_ID = "chat-silenced";

/** Answers a sentence why not, or nothing when it was sent. */
export type SendLine = (content: string) => Promise<string | undefined>;

export class Chat {
  readonly lines: ChatLines;
  private readonly label = el("label", { class: "visually-hidden", for: FIELD_ID });
  private readonly field = el("input", {
    class: "field",
    id: FIELD_ID,
    type: "text",
    autocomplete: "off",
    enterkeyhint: "send",
    maxlength: `${LONGEST}`,
    dir: "auto",
  });
  private readonly button = el("button", { class: "icon-button", type: "submit" }, icon(paperPlane, 20));
  private readonly silenced = el("p", { class: "chat-silenced", id: SILENCED_ID, hidden: "" });
  private isSilenced = false;
  readonly element: HTMLElement;

  constructor(
    speech: Speech,
    private readonly send: SendLine,
    private readonly onLeave: () => void,
  ) {
    this.lines = new ChatLines(speech);
    const enter = el("kbd", { "aria-hidden": "true" });
    const form = el(
      "form",
      {},
      el("div", { class: "chat-field" }, this.label, this.field, enter),
      this.button,
    );
    this.element = el("section", { class: "panel chat" }, this.lines.element, this.silenced, form);
    speech.render((text) => {
      this.element.setAttribute("aria-label", text.conversation);
      this.label.textContent = text.chat;
      this.field.placeholder = text.chat;
      this.button.setAttribute("aria-label", text.send);
      this.button.title = text.send;
      enter.textContent = text.enterKey;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onLeave();
    });
    this.observeHeight();
  }

  focus(): void {
    this.field.focus();
  }

  /** Why one cannot speak now, or `null` when one can. */
  silence(why: string | null): void {
    this.isSilenced = why !== null;
    if (why !== null) this.silenced.replaceChildren(icon(microphoneOff, 16), el("span", {}, why));
    show(this.silenced, this.isSilenced);
    this.field.readOnly = this.isSilenced;
    this.button.setAttribute("aria-disabled", `${this.isSilenced}`);
    if (this.isSilenced) this.field.setAttribute("aria-describedby", SILENCED_ID);
    else this.field.removeAttribute("aria-describedby");
  }

  private submit(): void {
    const content = this.field.value.trim();
    if (content === "") this.onLeave();
    if (content === "" || this.isSilenced) return;
    this.field.value = "";
    void this.send(content).then((refusal) => {
      if (refusal === undefined) return;
      // What was typed is not lost, unless something newer stands there by now.
      if (this.field.value === "") this.field.value = content;
      this.lines.aside(refusal, "chat-refused");
    });
  }

  /** The joystick stands on the chat, whatever its height. */
  private observeHeight(): void {
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty("--chat-height", `${this.element.offsetHeight}px`);
    });
    observer.observe(this.element);
  }
}
