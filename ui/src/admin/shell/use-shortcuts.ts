/** Listens to the keys that work on every view. */
import { useEffect } from "react";
import { openPalette, openShortcuts } from "./palette-store";
import { isTyping, NO_SEQUENCE, stepSequence } from "./shortcuts";
import { goTo } from "./use-route";

export function useShortcuts(): void {
  useEffect(() => {
    let sequence = NO_SEQUENCE;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogOpen()) return;
      if (event.key === "?") {
        event.preventDefault();
        openShortcuts();
        return;
      }
      const step = stepSequence(sequence, event.key, event.timeStamp);
      sequence = step.sequence;
      if (step.view !== null) goTo({ view: step.view });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A dialog has the keys for itself. */
export function dialogOpen(): boolean {
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}
