/** The address bar as React state. */
import { useSyncExternalStore } from "react";
import { currentHash, onAddress } from "./address";
import { parseRoute, type Route, routeText } from "./route";

let cached: { readonly hash: string; readonly route: Route } | null = null;

function currentRoute(): Route {
  const hash = currentHash();
  if (cached?.hash !== hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(onAddress, currentRoute);
}

/** Goes there; a step of its own in the history unless `replace`. */
export function goTo(
  route: Partial<Route> & { readonly view: string },
  how: "push" | "replace" = "push",
): void {
  const hash = routeText(route);
  if (hash === window.location.hash) return;
  if (how === "push") window.location.hash = hash;
  else {
    window.history.replaceState(null, "", hash);
    // Only a real change of address tells the listeners by itself.
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
