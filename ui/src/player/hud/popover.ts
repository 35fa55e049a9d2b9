/**
 * A small panel that a button opens: closed by Escape, by the button again and by a press anywhere else.
 */
import { show } from "./element";

export interface Popover {
  close(): void;
}

/** `around` holds both; a press outside of it closes the panel. `onOpen` runs just before it is shown. */
export function openOnPress(
  around: HTMLElement,
  button: HTMLElement,
  panel: HTMLElement,
  onOpen: () => void = () => {},
): Popover {
  const open = (wanted: boolean) => {
    if (wanted) onOpen();
    show(panel, wanted);
    button.setAttribute("aria-expanded", `${wanted}`);
  };
  open(false);
  button.addEventListener("click", () => {
    open(panel.hidden !== false);
    if (!panel.hidden) panel.querySelector("button")?.focus();
  });
  around.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !around.contains(event.target)) open(false);
  });
  return { close: () => open(false) };
}
