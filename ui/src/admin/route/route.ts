/**
 * Addresses inside the page: `#/players/abc?filter=x`. Pure; the browser's side is `use-route.ts`.
 */
export interface Route {
  /** First part, `dashboard` when the address names none. */
  readonly view: string;
  /** What the view shows in detail, `null` for nothing. */
  readonly item: string | null;
  readonly query: Readonly<Record<string, string>>;
}

export const HOME = "dashboard";

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", item] = path.split("/").map(decoded);
  return {
    view: view === "" ? HOME : view,
    item: item === undefined || item === "" ? null : item,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

export function routeText({ view, item, query }: Partial<Route> & { readonly view: string }): string {
  const search = new URLSearchParams({ ...query }).toString();
  const detail = item === null || item === undefined ? "" : `/${encodeURIComponent(item)}`;
  return `#/${encodeURIComponent(view)}${detail}${search === "" ? "" : `?${search}`}`;
}

/** The one-time secret of a setup link, `#setup=...`; `null` for every other address. */
export function setupTokenIn(hash: string): string | null {
  const found = /^#setup=([^&]+)/.exec(hash);
  return found?.[1] ? decoded(found[1]) : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
