/**
 * What one wears, to choose from: the house's own people, and every part of a look, with the figure beside them. Changes
 * show at once; they are worn when one is done.
 *
 * It stands in a dialog in the world, and in the card of the entrance.
 */
import type { AvatarLook, Sprite, SpriteAtlas } from "@comutiny/client/contract";
import { el } from "../dom/element";
import { appearanceOf, type Look, lookFromSeed, lookOf } from "../look/look";
import { lookDrawnBy, wearable } from "../look/worn";
import type { Speech } from "../text/speech";
import type { Portraits, Sitter } from "../view/portrait";
import { lookParts } from "./look-parts";

/** As on a wide screen; the style makes it smaller on a phone. */
const FIGURE_HEIGHT = 216;
const HOUSE_HEIGHT = 64;

export class Dressing {
  private sitter: Sitter = { look: lookFromSeed(""), sheetId: null };
  private house: readonly Sprite[] = [];
  private readonly figure = el("div", { class: "wardrobe-figure" });
  private readonly parts = el("div", { class: "wardrobe-parts" });
  private readonly surprise = el("button", { class: "button button-line", type: "button" });
  private readonly done = el("button", { class: "button button-filled", type: "button" });
  readonly element = el(
    "div",
    { class: "dressing" },
    el("div", { class: "wardrobe-body" }, this.figure, this.parts),
    el("div", { class: "wardrobe-actions" }, this.surprise, this.done),
  );

  constructor(
    private readonly speech: Speech,
    private readonly portraits: Portraits,
    onWear: (look: AvatarLook) => void,
  ) {
    this.surprise.addEventListener("click", () => this.compose(lookFromSeed(`${Math.random()}`)));
    this.done.addEventListener("click", () => {
      const { look, sheetId } = this.sitter;
      onWear({ appearance: appearanceOf(look), spriteAssetId: sheetId });
    });
  }

  show(sitter: Sitter, atlas: SpriteAtlas): void {
    const { text } = this.speech;
    this.sitter = sitter;
    this.house = wearable(atlas);
    this.surprise.textContent = text.surprise;
    this.done.textContent = text.done;
    this.render();
  }

  /** Once it is to be seen. */
  focus(): void {
    this.parts.scrollTop = 0;
    this.buttons()[0]?.focus();
  }

  /** Whoever puts a look together is no longer one of the house. */
  private compose(look: Look): void {
    this.change({ look, sheetId: null });
  }

  private change(sitter: Sitter): void {
    const focused = this.buttons().indexOf(document.activeElement as HTMLButtonElement);
    const strip = this.parts.querySelector(".house-people");
    const scrolled = strip?.scrollLeft ?? 0;
    this.sitter = sitter;
    this.render();
    const fresh = this.parts.querySelector(".house-people");
    if (fresh) fresh.scrollLeft = scrolled;
    this.buttons()[focused]?.focus({ preventScroll: true });
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.parts.querySelectorAll("button")];
  }

  private render(): void {
    this.figure.replaceChildren(this.portraits.whole(this.sitter, FIGURE_HEIGHT));
    const own = lookParts(this.sitter.look, this.speech.text, (look) => this.compose(look));
    this.parts.replaceChildren(...this.houseParts(), ...own);
  }

  private houseParts(): HTMLElement[] {
    const { text } = this.speech;
    if (this.house.length === 0) return [];
    const people = this.house.map((sprite) => this.housePerson(sprite));
    const strip = el("div", { class: "house-people" }, ...people);
    return [
      el("fieldset", { class: "house" }, el("legend", {}, text.house), strip),
      el("h3", {}, text.ownLook),
    ];
  }

  private housePerson(sprite: Sprite): HTMLElement {
    const drawn = lookDrawnBy(sprite);
    const sitter: Sitter = { look: drawn ?? this.sitter.look, sheetId: sprite.id };
    const worn = this.sitter.sheetId === sprite.id;
    const name = el("span", { dir: "auto" }, sprite.name);
    const picture = this.portraits.whole(
      { look: drawn ?? lookOf(sprite.id, {}), sheetId: sprite.id },
      HOUSE_HEIGHT,
    );
    const button = el("button", { type: "button", "aria-pressed": `${worn}` }, picture, name);
    button.addEventListener("click", () => this.change(sitter));
    return button;
  }
}
