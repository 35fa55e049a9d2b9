/**
 * The chat: its last lines, read out by screen readers as they come, and asides between them.
 *
 * The style keeps it at its last line, or where somebody scrolled to: no script asks for heights.
 */

import { CHAT_LINES_KEPT } from "@comutiny/client";
import type { ChatMessage, StaffRole } from "@comutiny/client/contract";
import megaphone from "@phosphor-icons/core/assets/fill/megaphone-fill.svg?raw";
import { lanternBadge } from "../brand/badge";
import { el, icon } from "../dom/element";
import type { Speech } from "../text/speech";

/** As what a player looks after the world: `null` for nothing, `undefined` for one who is not here any more. */
export type RoleOf = (playerId: string) => StaffRole | null | undefined;

interface Line {
  readonly element: HTMLLIElement;
  readonly message: ChatMessage;
  /** As of when it was last known. */
  role: StaffRole | null;
}

const BADGE = 16;
/** The id is reserved: the world itself speaks. */
const SYSTEM = "system";

/** The first line of a new world, which is there before anybody is. */
const isGreeting = (id: string): boolean => id.startsWith("greeting-");

/** A word to everybody, from the people who look after the world. */
export const isAnnouncement = ({ id, playerId }: ChatMessage): boolean =>
  playerId === SYSTEM && !isGreeting(id);

export class ChatLines {
  private readonly list = el("ol");
  readonly element = el(
    "div",
    { class: "chat-lines", role: "log", "aria-live": "polite", tabindex: "0" },
    this.list,
  );
  private readonly shown = new Map<string, Line>();
  /** The last line, while it counts people who came in one after the other. */
  private arrivals: { readonly element: HTMLLIElement; readonly first: string; others: number } | null = null;

  constructor(private readonly speech: Speech) {
    speech.render((text) => {
      this.element.setAttribute("aria-label", text.earlier);
      for (const { element, message, role } of this.shown.values()) this.fill(element, message, role);
    });
  }

  /** Shows exactly these lines, and whatever aside stands between them. */
  show(chat: readonly ChatMessage[], roleOf: RoleOf = () => null): void {
    const wanted = new Set(chat.map((line) => line.id));
    for (const [id, { element }] of this.shown) {
      if (wanted.has(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    // From the newest back, so that every line finds the one it stands before.
    let next: HTMLLIElement | null = null;
    for (const message of [...chat].reverse()) {
      const known = this.shown.get(message.id);
      const role = roleOf(message.playerId);
      const { element }: Line = known ?? this.add(message, role ?? null, next);
      // Who has gone keeps the badge their lines had.
      if (known && role !== undefined && known.role !== role) {
        known.role = role;
        this.fill(element, message, role);
      }
      next = element.parentNode === this.list ? element : next;
    }
    this.trim();
  }

  private add(message: ChatMessage, role: StaffRole | null, before: HTMLLIElement | null): Line {
    const line: Line = { element: el("li", { dir: "auto" }), message, role };
    this.fill(line.element, message, role);
    this.shown.set(message.id, line);
    this.list.insertBefore(line.element, before);
    return line;
  }

  private fill(
    element: HTMLLIElement,
    { id, author, content, playerId }: ChatMessage,
    role: StaffRole | null,
  ): void {
    if (playerId === SYSTEM) {
      const greets = isGreeting(id);
      element.className = greets ? "chat-aside" : "chat-announced";
      if (greets) element.replaceChildren(this.speech.greeting(content));
      else element.replaceChildren(icon(megaphone, 16), content);
      return;
    }
    const who = el("b", {}, author);
    if (role === null) {
      element.replaceChildren(who, " ", content);
      return;
    }
    const isHost = role === "host";
    const word = el("span", { class: isHost ? "visually-hidden" : "chat-role" }, this.speech.text.role[role]);
    element.replaceChildren(...(isHost ? [lanternBadge(BADGE)] : []), who, word, " ", content);
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
  aside(words: string, kind: "chat-aside" | "chat-refused" | "chat-told"): HTMLLIElement {
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
