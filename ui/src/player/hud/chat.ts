/**
 * Lower left: the last lines and the field labelled "Chat", always open. New lines are read out by screen readers.
 */
import paperPlane from "@phosphor-icons/core/assets/fill/paper-plane-right-fill.svg?raw";
import type { ChatMessage } from "../../contract";
import { CHAT_LINES_KEPT } from "../../sdk";
import type { Speech } from "../text/speech";
import { el, icon } from "./element";

/** Longest message, in UTF-16 units; the server cuts at 500 characters. */
const LONGEST = 2000;
const FIELD_ID = "chat-field";

/** Answers a sentence why not, or nothing when it was sent. */
export type SendLine = (content: string) => Promise<string | undefined>;

export class Chat {
  private readonly lines = el("ol", {
    class: "chat-lines",
    role: "log",
    "aria-live": "polite",
    tabindex: "0",
  });
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
  readonly element: HTMLElement;

  private readonly shown = new Map<string, HTMLLIElement>();
  /** The last line, while it counts people who came in one after the other. */
  private arrivals: { readonly element: HTMLLIElement; readonly first: string; others: number } | null = null;

  constructor(
    private readonly speech: Speech,
    send: SendLine,
    onLeave: () => void,
  ) {
    const enter = el("kbd", { "aria-hidden": "true" }, "Enter");
    const form = el(
      "form",
      {},
      el("div", { class: "chat-field" }, this.label, this.field, enter),
      this.button,
    );
    this.element = el("section", { class: "panel chat" }, this.lines, form);
    speech.say((text) => {
      this.label.textContent = text.chat;
      this.field.placeholder = text.chat;
      this.button.setAttribute("aria-label", text.send);
      this.button.title = text.send;
      this.lines.setAttribute("aria-label", text.earlier);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const content = this.field.value.trim();
      if (content === "") {
        onLeave();
        return;
      }
      this.field.value = "";
      void send(content).then((refusal) => refusal !== undefined && this.refuse(content, refusal));
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onLeave();
    });
    // Lines above the first visible one show as a soft edge.
    this.lines.addEventListener("scroll", () =>
      this.lines.classList.toggle("chat-more", this.lines.scrollTop > 4),
    );
    this.observeHeight();
  }

  focus(): void {
    this.field.focus();
  }

  /** Shows exactly these lines, and whatever aside was said between them. */
  show(chat: readonly ChatMessage[]): void {
    const wanted = new Set(chat.map((line) => line.id));
    for (const [id, element] of this.shown) {
      if (wanted.has(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    const fresh = chat.filter((line) => !this.shown.has(line.id));
    for (const message of fresh) this.append(this.lineOf(message), message.id);
  }

  /** Forgets every line, for a world whose lines are told anew. */
  clear(): void {
    this.lines.replaceChildren();
    this.shown.clear();
    this.arrivals = null;
  }

  cameIn(name: string): void {
    const { text } = this.speech;
    if (this.arrivals && this.arrivals.element === this.lines.lastElementChild) {
      this.arrivals.others += 1;
      this.arrivals.element.textContent = text.cameInWithOthers(this.arrivals.first, this.arrivals.others);
      return;
    }
    const element = this.aside(text.cameIn(name), "chat-aside");
    this.arrivals = { element, first: name, others: 0 };
  }

  private refuse(content: string, why: string): void {
    if (this.field.value === "") this.field.value = content;
    this.aside(why, "chat-refused");
  }

  private aside(words: string, kind: string): HTMLLIElement {
    const element = el("li", { class: kind, dir: "auto" }, words);
    this.append(element);
    return element;
  }

  private lineOf({ author, content, playerId }: ChatMessage): HTMLLIElement {
    // The id `system` is reserved: the world itself speaks.
    if (playerId === "system") return el("li", { class: "chat-aside", dir: "auto" }, content);
    return el("li", { dir: "auto" }, el("b", {}, author), " ", content);
  }

  private append(element: HTMLLIElement, id?: string): void {
    const { lines } = this;
    const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 24;
    if (id !== undefined) this.shown.set(id, element);
    lines.append(element);
    while (lines.childElementCount > CHAT_LINES_KEPT * 2) lines.firstElementChild?.remove();
    if (atEnd) lines.scrollTop = lines.scrollHeight;
  }

  /** The joystick stands on the chat, whatever its height. */
  private observeHeight(): void {
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty("--chat-height", `${this.element.offsetHeight}px`);
      this.lines.scrollTop = this.lines.scrollHeight;
    });
    observer.observe(this.element);
  }
}
