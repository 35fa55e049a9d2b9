/**
 * What a browser keeps for a page. Storage that is missing, full or forbidden costs the memory and nothing else.
 */

/** The part of `Storage` used here. */
export interface KeptValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The browser's storage of this name; `null` where there is none. Reading the property alone throws where it is forbidden. */
export function browserStorage(name: "localStorage" | "sessionStorage"): KeptValues | null {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}
