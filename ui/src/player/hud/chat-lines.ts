/**
 * The chat: its last lines, read out by screen readers as they come, and asides between them.
 *
 * The style keeps it at its last line, or where somebody scrolled to: no script asks for heights.
 */
import type { ChatMessage } from "@comutiny/client/contract";
import { CHAT_LINES_KEPT } from "@comutiny/client";
import { el } from "../dom/element";
import type { Speech } from "../text/speech";

export class ChatLines {
  private readonly list = el("ol");
  readonly element = el(
    "div",
    { class: "chat-lines", role: "log", "aria-live": "polite", tabindex: "0" },
    this.list,
  );
  private readonly shown = new Map<string, HTMLLIElement>();
  /** The last line, while it counts people who came in one after the other. */
  private arrivals: { readonly element: HTMLLIElement; readonly first: string; others: number } | null = null;

  constructor(private readonly speech: Speech) {
    speech.render((text) => this.element.setAttribute("aria-label", text.earlier));
  }

  /** Shows exactly these lines, and whatever aside stands between them. */
  show(chat: readonly ChatMessage[]): void {
    const wanted = new Set(chat.map((line) => line.id));
    for (const [id, element] of this.shown) {
      if (wanted.has(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    // From the newest back, so that every line finds the one it stands before.
    let next: HTMLLIElement | null = null;
    for (const message of [...chat].reverse()) {
      const known = this.shown.get(message.id);
      const element = known ?? lineOf(message);
      if (!known) {
        this.shown.set(message.id, element);
        this.list.insertBefore(element, next);
      }
      next = element.parentNode === this.list ? element : next;
    }
    this.trim();
  }

  /** Forgets every line, for a world whose lines come anew. */
  clear(): void {
    this.list.replaceChildren();
    this.shown.clear();
    this.arrivals = null;
  }

  cameIn(name: string): void {
    const { text } = this.speech;
    if (this.arrivals && this.arrivals.element === this.list.lastElementChild) {
      this.arrivals.others += 1;
      this.arrivals.element.textContent = text.cameInWithOthers(this.arrivals.first, this.arrivals.others);
      return;
    }
    this.arrivals = { element: this.aside(text.cameIn(name), "chat-aside"), first: name, others: 0 };
  }

  /** The page itself has something to say. */
  aside(words: string, kind: "chat-aside" | "chat-refused"): HTMLLIElement {
    const element = el("li", { class: kind, dir: "auto" }, words);
    this.append(element);
    return element;
  }

  private append(line: HTMLLIElement): void {
    this.list.append(line);
    this.trim();
  }

  private trim(): void {
    while (this.list.childElementCount > CHAT_LINES_KEPT * 2) this.list.firstElementChild?.remove();
  }
}

function lineOf({ author, content, playerId }: ChatMessage): HTMLLIElement {
  // The id `system` is reserved: the world itself speaks.
  if (playerId === "system") return el("li", { class: "chat-aside", dir: "auto" }, content);
  return el("li", { dir: "auto" }, el("b", {}, author), " ", content);
}
