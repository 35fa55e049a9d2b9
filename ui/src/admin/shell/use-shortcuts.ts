/** Listens to the keys that work on every view. */
import { useEffect } from "react";
import { dialogOpen, isTyping, NO_SEQUENCE, stepSequence } from "../keys/keys";
import { goTo } from "../route/use-route";
import { openPalette, openShortcuts } from "../state/overlay";

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
