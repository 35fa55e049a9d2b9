/**
 * The sheets of the sprite atlas: loaded once, when somebody wears them. Until one is there, and when its image is
 * broken or its sheet makes no sense, the caller draws a peg person.
 *
 * A sheet that was itself drawn from a look is not loaded: see `look/worn`.
 */

import { NO_SPRITES } from "@comutiny/client";
import type { Sprite, SpriteAtlas } from "@comutiny/client/contract";
import { lookDrawnBy } from "../look/worn";
import { type Sheet, sheetLayout } from "./sheet";

interface Entry {
  readonly sprite: Sprite;
  readonly arrival: Promise<Sheet | null>;
  sheet: Sheet | null;
}

export class SpriteImages {
  private atlas: SpriteAtlas = NO_SPRITES;
  private readonly entries = new Map<string, Entry>();
  private loads = 0;

  constructor(private readonly gateway: string) {}

  /** A new atlas keeps every image that is still the same. */
  use(atlas: SpriteAtlas): void {
    if (atlas === this.atlas) return;
    this.atlas = atlas;
    for (const [id, { sprite }] of this.entries) {
      const now = atlas.lookup.get(id);
      if (!now || !sameSheet(now, sprite)) this.entries.delete(id);
    }
  }

  /** The sheet, if it is there. Asking for it starts loading. */
  sheet(spriteId: string): Sheet | null {
    return this.entry(spriteId)?.sheet ?? null;
  }

  /** The sheet when it has come; `null` when there is none to wait for. */
  arrival(spriteId: string): Promise<Sheet | null> {
    return this.entry(spriteId)?.arrival ?? Promise.resolve(null);
  }

  private entry(spriteId: string): Entry | undefined {
    const known = this.entries.get(spriteId);
    if (known) return known;
    const sprite = this.atlas.lookup.get(spriteId);
    if (!sprite || lookDrawnBy(sprite)) return undefined;
    const entry: Entry = { sprite, sheet: null, arrival: this.load(sprite) };
    this.entries.set(spriteId, entry);
    void entry.arrival.then((sheet) => {
      entry.sheet = sheet;
    });
    return entry;
  }

  private load(sprite: Sprite): Promise<Sheet | null> {
    const address = imageAddress(sprite, this.gateway);
    if (!address) return Promise.resolve(null);
    this.loads += 1;
    const key = `sheet-${this.loads}`;
    return new Promise((resolve) => {
      const image = new Image();
      image.crossOrigin = "anonymous";
      image.onload = () => {
        const layout = sheetLayout(sprite, image);
        resolve(layout ? { key, image, layout } : null);
      };
      image.onerror = () => resolve(null);
      image.src = address;
    });
  }
}

function sameSheet(a: Sprite, b: Sprite): boolean {
  return a.imageUrl === b.imageUrl && JSON.stringify(a.metadata) === JSON.stringify(b.metadata);
}

/** Only from the server itself: an atlas cannot make visitors load from elsewhere. */
function imageAddress({ imageUrl }: Sprite, gateway: string): string | undefined {
  try {
    const url = new URL(imageUrl, gateway);
    return url.origin === new URL(gateway).origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}
