/** The address bar as React state. */
import { useSyncExternalStore } from "react";
import { parseRoute, type Route, routeText } from "./route";

let cached: { readonly hash: string; readonly route: Route } | null = null;

function currentRoute(): Route {
  const { hash } = window.location;
  if (cached?.hash !== hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
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
