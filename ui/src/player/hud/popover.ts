/**
 * A small panel that a button opens: closed by Escape, by the button again and by a press anywhere else.
 */
import { show } from "../dom/element";

export interface PopoverParts {
  /** Holds button and panel; a press outside of it closes the panel. */
  readonly around: HTMLElement;
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  /** How the panel is shown and hidden; by its `hidden` attribute, unless it says otherwise. */
  readonly show?: (open: boolean) => void;
}

export class Popover {
  private isOpen = false;

  constructor(private readonly parts: PopoverParts) {
    const { around, button } = parts;
    this.turn(false);
    button.addEventListener("click", () => this.press());
    around.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      this.close();
      button.focus();
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && event.target instanceof Node && !around.contains(event.target)) this.close();
    });
  }

  get open(): boolean {
    return this.isOpen;
  }

  /** As if its button had been pressed. */
  press(): void {
    this.turn(!this.isOpen);
    if (this.isOpen) this.parts.panel.querySelector<HTMLElement>("button:enabled")?.focus();
  }

  close(): void {
    this.turn(false);
  }

  private turn(open: boolean): void {
    const { button, panel } = this.parts;
    this.isOpen = open;
    button.setAttribute("aria-expanded", `${open}`);
    if (this.parts.show) this.parts.show(open);
    else show(panel, open);
  }
}
