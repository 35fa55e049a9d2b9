/**
 * Upper right: who is here. A list of names that screen readers read as a list; on a phone it opens from a button.
 */

import { isBot } from "@comutiny/client";
import type { Metadata, Player, StaffRole } from "@comutiny/client/contract";
import caretDown from "@phosphor-icons/core/assets/bold/caret-down-bold.svg?raw";
import flag from "@phosphor-icons/core/assets/fill/flag-fill.svg?raw";
import usersThree from "@phosphor-icons/core/assets/fill/users-three-fill.svg?raw";
import speakerOff from "@phosphor-icons/core/assets/regular/speaker-simple-slash.svg?raw";
import type { PlayerText } from "../../languages/en/player";
import { lanternBadge } from "../brand/badge";
import { el, icon, show } from "../dom/element";
import type { Muted } from "../muted";
import type { Speech } from "../text/speech";
import { isElsewhere } from "../view/actors";
import { type Portraits, sitterKey, sitterOf } from "../view/portrait";
import { Popover } from "./popover";

/** Rows shown until one asks for more. */
const SHORT_LIST = 5;
const PORTRAIT = 24;
const BADGE = 16;
const NOBODY: ReadonlyMap<string, StaffRole> = new Map();
const NONE: ReadonlyMap<string, number> = new Map();

interface Row {
  readonly element: HTMLLIElement;
  readonly button: HTMLButtonElement;
  readonly name: HTMLElement;
  readonly badge: HTMLElement;
  readonly note: HTMLElement;
  /** As of the last look at it: looking is dearer than comparing. */
  metadata: Metadata | null;
  look: string;
  reports: number;
}

export class Roster {
  private readonly title = el("h2");
  private readonly count = el("span", { class: "count", "aria-hidden": "true" });
  private readonly list = el("ul");
  private readonly hint = el("p", { class: "roster-hint" });
  private readonly more = el("button", { class: "text-button", type: "button" });
  private readonly toggleCount = el("span", { "aria-hidden": "true" });
  private readonly toggle = el(
    "button",
    { class: "roster-toggle", type: "button" },
    icon(usersThree, 22),
    this.toggleCount,
  );
  readonly element: HTMLElement;
  private readonly popover: Popover;

  private players: readonly Player[] = [];
  private selfId: string | null = null;
  private staff = NOBODY;
  private reports = NONE;
  private long = false;
  private chosen: string | null = null;
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly speech: Speech,
    private readonly muted: Muted,
    private readonly portraits: Portraits,
    private readonly mapId: string,
    private readonly onPerson: (id: string) => void,
  ) {
    const fold = el("span", { class: "roster-fold" }, icon(caretDown, 14));
    const head = el("div", { class: "roster-head" }, this.title, this.count, fold);
    const body = el("div", { class: "roster-body" }, head, this.list, this.hint, this.more);
    this.element = el("aside", { class: "panel roster" }, this.toggle, body);
    this.more.addEventListener("click", () => {
      this.long = !this.long;
      this.render();
    });
    // On a wide screen there is no such button, and the list is always there.
    const open = (wanted: boolean) => void this.element.classList.toggle("open", wanted);
    this.popover = new Popover({ around: this.element, button: this.toggle, panel: body, show: open });
    speech.render((text) => {
      this.title.textContent = text.hereNow;
      this.list.setAttribute("aria-label", text.hereNow);
      this.render();
    });
  }

  /** Marks the row of who has a card open. */
  choose(id: string | null): void {
    this.chosen = id;
    for (const [each, { button }] of this.rows) button.classList.toggle("chosen", each === id);
  }

  /** How many open reports there are about whom; moderators alone know. */
  reported(counts: ReadonlyMap<string, number>): void {
    this.reports = counts;
    this.render();
  }

  show(players: Iterable<Player>, selfId: string | null, staff = NOBODY): void {
    // The own name first, then people and then bots, each in the order of arrival: rows never jump under a pointer.
    const rank = (player: Player) => (player.id === selfId ? 0 : isBot(player) ? 2 : 1);
    this.players = [...players].sort((a, b) => rank(a) - rank(b));
    this.selfId = selfId;
    this.staff = staff;
    this.render();
  }

  private render(): void {
    const { text } = this.speech;
    const total = this.players.length;
    const shown = this.long || total <= SHORT_LIST + 1 ? this.players : this.players.slice(0, SHORT_LIST);
    const bots = this.players.filter(isBot).length;
    this.count.replaceChildren(...this.counted(total - bots, bots));
    this.toggleCount.textContent = `${total - bots}`;
    this.toggle.setAttribute("aria-label", text.peopleHere(total - bots));
    this.renderRows(shown);
    this.hint.textContent = total === 0 ? text.nobodyYet : text.onlyYou;
    show(this.hint, total === 0 || (total === 1 && this.selfId !== null));
    this.more.textContent = this.long ? text.fewer : text.more(total - shown.length);
    show(this.more, total > SHORT_LIST + 1);
  }

  /** Lantern yellow is for people: bots beside them are not lit. */
  private counted(people: number, bots: number): (Node | string)[] {
    const lit = `${people}`;
    if (bots === 0) return [lit];
    return [
      lit,
      el("span", { class: "roster-bots" }, this.speech.text.beside(people, bots).slice(lit.length)),
    ];
  }

  /** Rows are reused, so that a crowd walking in costs one row each. */
  private renderRows(players: readonly Player[]): void {
    const wanted = new Set(players.map((player) => player.id));
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    players.forEach((player, place) => {
      const row = this.rows.get(player.id) ?? this.addRow(player.id);
      this.fill(row, player);
      if (this.list.children[place] !== row.element) {
        this.list.insertBefore(row.element, this.list.children[place] ?? null);
      }
    });
  }

  private addRow(id: string): Row {
    const name = el("span", { class: "roster-name", dir: "auto" });
    const badge = el("span", { class: "roster-badge", hidden: "" }, lanternBadge(BADGE));
    const note = el("span", { class: "roster-note" });
    const button = el("button", { class: "roster-person", type: "button" }, name, badge, note);
    button.addEventListener("click", () => {
      // On a phone the list makes room for what it led to, and the way back leads to its button.
      if (this.popover.open) this.toggle.focus();
      this.popover.close();
      this.onPerson(id);
    });
    const row = {
      element: el("li", {}, button),
      button,
      name,
      badge,
      note,
      metadata: null,
      look: "",
      reports: 0,
    };
    this.rows.set(id, row);
    return row;
  }

  private fill(row: Row, player: Player): void {
    if (row.metadata !== player.metadata) {
      row.metadata = player.metadata;
      const sitter = sitterOf(player.id, player.metadata);
      const key = sitterKey(sitter);
      if (row.look !== key) {
        row.look = key;
        row.button.querySelector("canvas")?.remove();
        row.button.prepend(this.portraits.head(sitter, PORTRAIT));
      }
    }
    const { text } = this.speech;
    const note = this.noteOn(player, text);
    row.button.disabled = player.id === this.selfId;
    row.button.classList.toggle("chosen", player.id === this.chosen);
    show(row.badge, this.staff.get(player.id) === "host");
    if (row.name.textContent !== player.name) {
      row.name.textContent = player.name;
      row.name.title = player.name;
    }
    const reports = this.reportsAbout(player);
    if (row.note.textContent === note && row.reports === reports) return;
    row.reports = reports;
    row.note.textContent = note;
    row.note.classList.toggle("reported", reports > 0);
    if (reports > 0) row.note.prepend(icon(flag, 14));
    else if (note === text.muted) row.note.prepend(icon(speakerOff, 14));
  }

  private noteOn(player: Player, text: PlayerText): string {
    const role = this.staff.get(player.id);
    if (player.id === this.selfId) return role ? text.youAs(text.role[role]) : text.you;
    const reports = this.reportsAbout(player);
    if (reports > 0) return text.desk.reportsShort(reports);
    if (this.muted.has(player.id)) return text.muted;
    if (role) return text.role[role];
    return isElsewhere(player, this.mapId) ? text.elsewhere : "";
  }

  private reportsAbout({ id }: Player): number {
    return id === this.selfId ? 0 : (this.reports.get(id) ?? 0);
  }
}
