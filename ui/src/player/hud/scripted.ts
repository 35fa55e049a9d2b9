/**
 * A page for the tests of the HUD: a document that jsdom makes, without what it cannot do (drawing, sizes), and words
 * to look for.
 *
 * Imported by tests only.
 */
import type { Player } from "@comutiny/client/contract";
import { LANGUAGE_CODES, type Language } from "../../languages";
import { fetchWords, Speech } from "../text/speech";
import { Portraits } from "../view/portrait";
import type { SpriteImages } from "../view/sprite-images";

await Promise.all(LANGUAGE_CODES.map(fetchWords));

HTMLCanvasElement.prototype.getContext = () => null;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.setAttribute("open", "");
};
HTMLDialogElement.prototype.show = function show() {
  this.setAttribute("open", "");
};
HTMLDialogElement.prototype.close = function close() {
  if (!this.hasAttribute("open")) return;
  this.removeAttribute("open");
  this.dispatchEvent(new Event("close"));
};
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

/** The element alone on the page, where it can have the focus. */
export function onPage<T extends Element>(element: T): T {
  document.body.replaceChildren(element);
  return element;
}

export const speechIn = (code: Language = "en") => new Speech(code, ["en-GB"]);

const NO_SPRITES = { sheet: () => null, arrival: () => Promise.resolve(null) };
export const portraits = new Portraits(NO_SPRITES as unknown as SpriteImages);

export const player = (id: string, given: Partial<Player> = {}): Player => ({
  id,
  name: id.toUpperCase(),
  position: { x: 0, y: 0, z: 0 },
  animation: "idle",
  metadata: {},
  ...given,
});

/** The one that is shown and has this name: its label, else its text. */
export function button(around: Element, name: string): HTMLButtonElement {
  const found = [...around.querySelectorAll("button")].filter(
    (each) => nameOf(each) === name && isShown(each),
  );
  const [first] = found;
  if (!first) throw new Error(`no button "${name}" in: ${around.textContent}`);
  return first;
}

/** The names of all buttons that are shown, in order. */
export const buttons = (around: Element): string[] =>
  [...around.querySelectorAll("button")].filter(isShown).map(nameOf);

const nameOf = (element: Element): string =>
  element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";

export const isShown = (element: Element): boolean => element.closest("[hidden]") === null;

export function field(around: Element, id: string): HTMLInputElement {
  const found = around.querySelector<HTMLInputElement>(`#${id}`);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}

export function submit(around: Element): void {
  around.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
}

export function press(element: Element, key: string): void {
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
