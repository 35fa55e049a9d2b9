/**
 * What a player wears, as others see it in `metadata`: the layers of a look, and with them perhaps a sheet of the atlas.
 *
 * A sheet that was itself drawn from a look is not shown by this page: it paints the look, sharp at every zoom and with
 * whatever was changed since. Other programs use the sheet. Pure; it loads nothing.
 */

import { fieldsOf, own } from "@comutiny/client";
import type { AvatarLook, Metadata, Sprite, SpriteAtlas } from "@comutiny/client/contract";
import { appearanceOf, type Look, lookOf } from "./look";

/** The category of sprites that people wear. */
const WEARABLE = "avatar";

/** A look on the way to the wire: what a join or an update carries. */
export function metadataOf(look: AvatarLook | null, atlas: SpriteAtlas): Metadata {
  if (!look) return {};
  const { appearance, spriteAssetId } = look;
  const sprite = spriteAssetId === null ? null : atlas.lookup.get(spriteAssetId)?.imageUrl;
  return { appearance, spriteAssetId, ...(sprite !== undefined && { sprite }) };
}

/** What the server knows a player to wear. */
export function wornBy(id: string, metadata: Metadata): AvatarLook {
  return { appearance: appearanceOf(lookOf(id, metadata)), spriteAssetId: sheetIn(metadata) };
}

/** The asset a player names, whether the atlas has it or not. */
export function sheetIn(metadata: Metadata): string | null {
  const named = own(metadata, "spriteAssetId");
  return typeof named === "string" && named !== "" ? named : null;
}

/** The house's own people and what a host uploaded, in the order they came. */
export function wearable(atlas: SpriteAtlas): readonly Sprite[] {
  return atlas.sprites.filter((sprite) => sprite.category === WEARABLE);
}

/** The look a sheet was drawn from; `null` for a picture that is only itself. */
export function lookDrawnBy({ id, metadata }: Sprite): Look | null {
  return fieldsOf(own(metadata, "appearance")) ? lookOf(id, metadata) : null;
}
