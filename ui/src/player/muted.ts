/**
 * Whom this visitor does not want to hear: ids kept in this browser. Nobody else learns of it.
 */
import type { KeptValues } from "@comutiny/client";

const KEY = "comutiny.muted";
/** Ids kept; guests come and go, and the oldest are forgotten first. */
const KEPT = 500;

export class Muted {
  private readonly ids: Set<string>;

  constructor(private readonly storage: KeptValues | null) {
    this.ids = new Set(readIds(storage));
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Answers whether the player is muted now. */
  toggle(id: string): boolean {
    if (!this.ids.delete(id)) this.ids.add(id);
    const kept = [...this.ids].slice(-KEPT);
    try {
      this.storage?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Full or forbidden: it lasts as long as the tab.
    }
    return this.ids.has(id);
  }
}

function readIds(storage: KeptValues | null): string[] {
  try {
    const ids: unknown = JSON.parse(storage?.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
