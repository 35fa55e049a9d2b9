/**
 * The look this visitor chose, kept in this browser. `null` until one is chosen: then the id's own look shows.
 */
import type { Appearance } from "../../contract";
import { type KeptValues, parseAppearance } from "../../sdk";

const KEY = "comutiny.look";

export class OwnLook {
  private chosen: Appearance | null;

  constructor(private readonly storage: KeptValues | null) {
    this.chosen = read(storage);
  }

  get appearance(): Appearance | null {
    return this.chosen;
  }

  choose(appearance: Appearance): void {
    this.chosen = appearance;
    try {
      this.storage?.setItem(KEY, JSON.stringify(appearance));
    } catch {
      // Full or forbidden: it lasts as long as the tab.
    }
  }
}

function read(storage: KeptValues | null): Appearance | null {
  try {
    return parseAppearance(JSON.parse(storage?.getItem(KEY) ?? "null")) ?? null;
  } catch {
    return null;
  }
}
