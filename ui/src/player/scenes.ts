/**
 * Which of entrance, world and end is shown, and where on the page each panel has its place.
 */
import { el, show } from "./dom/element";

export type Scene = "entrance" | "world" | "ended";

export interface Panel {
  readonly element: HTMLElement;
}

export interface ScenePanels {
  readonly world: HTMLCanvasElement;
  readonly entrance: Panel & { focus(): void };
  readonly ended: Panel;
  readonly brand: Panel;
  readonly banners: Panel;
  readonly hint: Panel;
  readonly joystick: Panel;
  readonly roster: Panel;
  readonly chat: Panel;
  readonly menu: Panel;
  readonly dialogs: readonly Panel[];
}

export class Scenes {
  private shown: Scene = "entrance";

  /** `onChange` runs after the panels changed and before the focus does. */
  constructor(
    root: HTMLElement,
    private readonly panels: ScenePanels,
    private readonly onChange: (scene: Scene) => void,
  ) {
    const { world, entrance, ended, brand, banners, hint, joystick, roster, chat, menu, dialogs } = panels;
    // In the order of the keyboard's focus.
    const inMain = [entrance, ended, joystick, banners, hint].map(({ element }) => element);
    const beside = [roster, chat, menu, ...dialogs].map(({ element }) => element);
    root.append(brand.element, el("main", {}, world, ...inMain), ...beside);
  }

  get current(): Scene {
    return this.shown;
  }

  show(scene: Scene): void {
    const { world, entrance, ended, brand, joystick, roster, chat, menu } = this.panels;
    const again = scene === this.shown;
    this.shown = scene;
    show(entrance.element, scene === "entrance");
    show(ended.element, scene === "ended");
    // The entrance says itself which world it is, and has its own way to the account and the languages.
    show(brand.element, scene !== "entrance");
    for (const panel of [roster, chat, joystick, menu]) show(panel.element, scene === "world");
    this.onChange(scene);
    // Who comes back after a lost connection may be in the middle of a word.
    if (scene === "world" && !again) world.focus();
    if (scene === "entrance") entrance.focus();
  }
}
