/** Whether the command palette or the list of shortcuts is open: opened from anywhere, shown by the shell. */
import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "shortcuts" | null;

let open: Overlay = null;
const listeners = new Set<() => void>();

function become(overlay: Overlay): void {
  open = overlay;
  for (const listener of listeners) listener();
}

export const openPalette = (): void => become("palette");
export const openShortcuts = (): void => become("shortcuts");
export const closeOverlay = (): void => become(null);

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
