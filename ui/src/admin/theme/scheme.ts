/** Lets the component kit take light or dark from the platform, which remembers it. */
import type { MantineColorSchemeManager } from "@mantine/core";
import type { Platform } from "../../platform";

export function schemeOf(platform: Pick<Platform, "scheme" | "onScheme">): MantineColorSchemeManager {
  let end = () => {};
  return {
    get: () => platform.scheme(),
    set: () => {},
    subscribe: (onUpdate) => {
      end = platform.onScheme(() => onUpdate(platform.scheme()));
    },
    unsubscribe: () => end(),
    clear: () => {},
  };
}
