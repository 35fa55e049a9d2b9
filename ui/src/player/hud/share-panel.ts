/**
 * "Share the link", lower right: a QR code for the friend beside one, the link to copy or to send for everybody else,
 * and a link that leads right beside the one who sends it.
 */

import check from "@phosphor-icons/core/assets/bold/check-bold.svg?raw";
import close from "@phosphor-icons/core/assets/bold/x-bold.svg?raw";
import pin from "@phosphor-icons/core/assets/fill/map-pin-fill.svg?raw";
import copy from "@phosphor-icons/core/assets/regular/copy.svg?raw";
import corners from "@phosphor-icons/core/assets/regular/corners-out.svg?raw";
import send from "@phosphor-icons/core/assets/regular/share-network.svg?raw";
import userPlus from "@phosphor-icons/core/assets/regular/user-plus.svg?raw";
import { el, icon, show } from "../dom/element";
import type { Speech } from "../text/speech";
import { copyFrom } from "./copy";
import { Popover } from "./popover";
import { qrCode } from "./qr";

const LINK_ID = "share-link";
const SWITCH_ID = "come-to-me";
const HINT_ID = "come-to-me-hint";
/** How long the button says that it is done, ms. */
const COPIED_MS = 2000;

export interface ShareParts {
  readonly speech: Speech;
  /** The address of the world, without a spot. */
  readonly address: string;
  /** The world asked this visitor for a PIN: a friend needs it too. */
  readonly needsPin: () => boolean;
  readonly after: (ms: number, run: () => void) => void;
  /** "Come to me" was switched. */
  readonly onComeToMe: (on: boolean) => void;
  /** The browser's own way to send a link, where it has one. */
  readonly send: ((link: string) => void) | null;
}

/** Where "come to me" leads. */
export interface MeetingPlace {
  readonly link: string;
  /** In words. */
  readonly place: string;
  /** When it ends, as the page writes times. */
  readonly until: string;
}

export class SharePanel {
  private readonly button = el(
    "button",
    { class: "icon-button hud-button share-button", type: "button" },
    icon(userPlus, 22),
  );
  private readonly title = el("h2");
  private readonly leave = el("button", { class: "icon-button", type: "button" }, icon(close, 16));
  private readonly code = el("div", { class: "share-code" });
  private readonly beside = el("h3");
  private readonly besideHint = el("p");
  private readonly large = el("button", {
    class: "button button-line",
    type: "button",
    "aria-pressed": "false",
  });
  private readonly label = el("label", { for: LINK_ID });
  private readonly link = el("input", {
    class: "field",
    id: LINK_ID,
    type: "text",
    readonly: "",
    dir: "ltr",
  });
  /** Lies in grey over the same letters of the field, which is one piece to select. */
  private readonly scheme = el("span", { class: "share-scheme", "aria-hidden": "true" });
  private readonly copy = el("button", { class: "button button-filled", type: "button" });
  private readonly send = el("button", { class: "button button-line share-send", type: "button" });
  private readonly status = el("p", { class: "share-status", role: "status" });
  private readonly meet = el("label", { for: SWITCH_ID, class: "share-meet-name" });
  private readonly meetHint = el("p", { id: HINT_ID });
  private readonly meetSwitch = el("input", {
    class: "switch",
    id: SWITCH_ID,
    type: "checkbox",
    role: "switch",
    "aria-describedby": HINT_ID,
  });
  /** A look at the spot, painted by the page. */
  readonly strip = el("canvas", { "aria-hidden": "true" });
  private readonly place = el("span", { class: "share-place" });
  private readonly until = el("span", { class: "share-until" });
  private readonly spot = el(
    "div",
    { class: "share-spot", hidden: "" },
    this.strip,
    el("p", {}, icon(pin, 16), this.place, this.until),
  );
  private readonly sheet: HTMLElement;
  readonly element: HTMLElement;
  private readonly popover: Popover;
  private shown = "";
  private meeting: MeetingPlace | null = null;

  constructor(private readonly parts: ShareParts) {
    this.sheet = el(
      "div",
      { class: "panel share", role: "group" },
      el("header", {}, this.title, this.leave),
      el(
        "div",
        { class: "share-beside" },
        this.code,
        el("div", {}, this.beside, this.besideHint, this.large),
      ),
      el(
        "div",
        { class: "share-others" },
        this.label,
        el("div", { class: "share-line" }, this.link, this.scheme, this.copy),
      ),
      this.status,
      this.send,
      el("hr"),
      el("div", { class: "share-meet" }, el("div", {}, this.meet, this.meetHint), this.meetSwitch),
      this.spot,
    );
    this.element = el("div", { class: "share-corner" }, this.sheet, this.button);
    this.popover = new Popover({
      around: this.element,
      button: this.button,
      panel: this.sheet,
      show: (open) => this.turn(open),
    });
    this.leave.addEventListener("click", () => this.close());
    this.copy.addEventListener("click", () => void this.copyLink());
    this.link.addEventListener("focus", () => this.link.select());
    this.link.addEventListener("blur", () => {
      this.link.scrollLeft = 0;
    });
    this.large.addEventListener("click", () => this.enlarge());
    this.meetSwitch.addEventListener("change", () => parts.onComeToMe(this.meetSwitch.checked));
    this.send.addEventListener("click", () => parts.send?.(this.link.value));
    show(this.send, parts.send !== null);
    parts.speech.render(() => this.render());
  }

  /** As if its button had been pressed. */
  press(): void {
    this.popover.press();
  }

  inWorld(inside: boolean): void {
    show(this.element, inside);
    if (!inside) this.popover.close();
  }

  /** Somebody looks at it now. */
  get open(): boolean {
    return this.popover.open;
  }

  /** Where "come to me" leads; `null` while it is off. */
  meetAt(meeting: MeetingPlace | null): void {
    this.meeting = meeting;
    this.meetSwitch.checked = meeting !== null;
    show(this.spot, meeting !== null);
    if (meeting) {
      this.place.textContent = meeting.place;
      this.until.textContent = this.parts.speech.text.share.until(meeting.until);
    }
    this.showLink();
  }

  private close(): void {
    this.popover.close();
    this.button.focus();
  }

  private turn(open: boolean): void {
    show(this.sheet, open);
    document.body.classList.toggle("sharing", open);
    if (!open) return;
    this.render();
    this.showLink();
  }

  private showLink(): void {
    const link = this.meeting?.link ?? this.parts.address;
    if (this.link.value !== link) this.link.value = link;
    this.scheme.textContent = /^https?:\/\//.exec(link)?.[0] ?? "";
    if (!this.popover.open || this.shown === link) return;
    this.shown = link;
    void qrCode(link, this.parts.speech.text.share.qr).then((code) => {
      if (this.shown === link) this.code.replaceChildren(code);
    });
  }

  private enlarge(): void {
    const large = this.sheet.classList.toggle("share-large");
    this.large.setAttribute("aria-pressed", `${large}`);
    this.render();
  }

  private async copyLink(): Promise<void> {
    const { share } = this.parts.speech.text;
    const copied = await copyFrom(this.link);
    this.status.textContent = copied ? "" : share.selected;
    if (!copied) return;
    this.copy.replaceChildren(icon(check, 16), share.copied);
    this.parts.after(COPIED_MS, () => this.copy.replaceChildren(icon(copy, 18), share.copy));
  }

  private render(): void {
    const { share, close: closeWords } = this.parts.speech.text;
    const { needsPin, address } = this.parts;
    for (const [button, words] of [
      [this.button, share.open],
      [this.leave, closeWords],
    ] as const) {
      button.setAttribute("aria-label", words);
      button.title = words;
    }
    this.sheet.setAttribute("aria-label", share.open);
    this.title.textContent = share.open;
    this.beside.textContent = share.beside;
    this.besideHint.textContent = isOfThisComputer(address) ? share.thisComputer : share.besideHint;
    const large = this.sheet.classList.contains("share-large");
    this.large.replaceChildren(icon(corners, 18), large ? share.small : share.large);
    this.label.textContent = share.others;
    this.link.setAttribute("aria-label", share.link);
    this.copy.replaceChildren(icon(copy, 18), share.copy);
    this.send.replaceChildren(icon(send, 18), share.send);
    this.status.textContent = needsPin() ? share.pin : "";
    this.meet.textContent = share.comeToMe;
    this.meetHint.textContent = share.comeToMeHint;
    this.code.querySelector("svg")?.setAttribute("aria-label", share.qr);
  }
}

/** Nobody else gets anywhere by such an address. */
function isOfThisComputer(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
