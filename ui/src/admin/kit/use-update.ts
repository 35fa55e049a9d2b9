/** The newer version of the desktop program, as the window is told of it. */
import { useSyncExternalStore } from "react";
import type { Platform } from "../../platform";

const never = () => () => {};

/** The newer version, and what opens its page; `null` where there is none, or no desktop program. */
export function useUpdate(platform: Platform) {
  const { computer } = platform;
  const update = useSyncExternalStore(computer?.onUpdate ?? never, () => computer?.update() ?? null);
  return update && { ...update, open: () => platform.openLink(update.url) };
}
