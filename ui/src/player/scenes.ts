/**
 * Which of entrance, world and end is shown, and which panels belong to it.
 */
import { show } from "./hud/element";

export type Scene = "entrance" | "world" | "ended";

export interface ScenePanel {
  readonly element: HTMLElement;
}

export interface ScenePanels {
  readonly entrance: ScenePanel & { focus(): void };
  readonly ended: ScenePanel;
  /** Shown in the world alone. */
  readonly inWorld: readonly ScenePanel[];
  /** Hidden at the end. */
  readonly beforeEnd: readonly ScenePanel[];
}

export class Scenes {
  private shown: Scene = "entrance";

  constructor(
    private readonly panels: ScenePanels,
    /** Runs after the panels changed and before the focus does. */
    private readonly onChange: (scene: Scene) => void,
    private readonly focusWorld: () => void,
  ) {}

  get current(): Scene {
    return this.shown;
  }

  show(scene: Scene): void {
    const { entrance, ended, inWorld, beforeEnd } = this.panels;
    const again = scene === this.shown;
    this.shown = scene;
    show(entrance.element, scene === "entrance");
    show(ended.element, scene === "ended");
    for (const panel of inWorld) show(panel.element, scene === "world");
    for (const panel of beforeEnd) show(panel.element, scene !== "ended");
    this.onChange(scene);
    // Who comes back after a lost connection may be in the middle of a word.
    if (scene === "world" && !again) this.focusWorld();
    if (scene === "entrance") entrance.focus();
  }
}
