/**
 * The look this visitor chose, kept in this browser. `null` until one is chosen: then the id's own look shows.
 */

import { type KeptValues, parseAvatarLook } from "@comutiny/client";
import type { AvatarLook } from "@comutiny/client/contract";

const KEY = "comutiny.look";

export class OwnLook {
  private chosen: AvatarLook | null;

  constructor(private readonly storage: KeptValues | null) {
    this.chosen = read(storage);
  }

  get current(): AvatarLook | null {
    return this.chosen;
  }

  choose(look: AvatarLook): void {
    this.chosen = look;
    try {
      this.storage?.setItem(KEY, JSON.stringify(look));
    } catch {
      // Full or forbidden: it lasts as long as the tab.
    }
  }
}

function read(storage: KeptValues | null): AvatarLook | null {
  try {
    return parseAvatarLook(JSON.parse(storage?.getItem(KEY) ?? "null")) ?? null;
  } catch {
    return null;
  }
}
