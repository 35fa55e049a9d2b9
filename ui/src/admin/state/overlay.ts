/** Whether the command palette or the list of shortcuts is open: opened from anywhere, shown by the shell. */
import { useValue, Value } from "./value";

export type Overlay = "palette" | "shortcuts" | null;

const overlay = new Value<Overlay>(null);

export const openPalette = (): void => overlay.set("palette");
export const openShortcuts = (): void => overlay.set("shortcuts");
export const closeOverlay = (): void => overlay.set(null);
export const useOverlay = (): Overlay => useValue(overlay);
