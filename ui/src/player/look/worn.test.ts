import type { Sprite, SpriteAtlas } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { lookDrawnBy, metadataOf, sheetIn, wearable, wornBy } from "./worn";

const APPEARANCE = { hair: "bun-umber", face: "smile-honey", outfit: "hem-coral-yellow", shoes: "brown" };

const sprite = (id: string, category: string, metadata = {}): Sprite => ({
  id,
  name: id,
  category,
  imageUrl: `/static/sprites/${id}.png`,
  metadata,
  createdAt: "",
});

function atlasOf(...sprites: readonly Sprite[]): SpriteAtlas {
  return { version: 1, updatedAt: "", sprites, lookup: new Map(sprites.map((each) => [each.id, each])) };
}

describe("what a player wears", () => {
  const atlas = atlasOf(sprite("harbour-ana", "avatar", { appearance: APPEARANCE }), sprite("crate", "prop"));

  it("names the sheet and its picture, or takes both off", () => {
    expect(metadataOf({ appearance: APPEARANCE, spriteAssetId: "harbour-ana" }, atlas)).toEqual({
      appearance: APPEARANCE,
      spriteAssetId: "harbour-ana",
      sprite: "/static/sprites/harbour-ana.png",
    });
    expect(metadataOf({ appearance: APPEARANCE, spriteAssetId: null }, atlas)).toEqual({
      appearance: APPEARANCE,
      spriteAssetId: null,
      sprite: null,
    });
  });

  it("says nothing of a picture the atlas does not have, and nothing at all before a choice", () => {
    const metadata = metadataOf({ appearance: APPEARANCE, spriteAssetId: "constructor" }, atlas);
    expect(metadata).toEqual({ appearance: APPEARANCE, spriteAssetId: "constructor" });
    expect(metadataOf(null, atlas)).toEqual({});
  });

  it("is read back from what the server says", () => {
    const worn = wornBy("u", { appearance: APPEARANCE, spriteAssetId: "harbour-ana" });
    expect(worn).toEqual({ appearance: APPEARANCE, spriteAssetId: "harbour-ana" });
    expect(sheetIn({ spriteAssetId: 7 })).toBeNull();
    expect(sheetIn({ spriteAssetId: "" })).toBeNull();
  });

  it("comes from the sprites made for people", () => {
    expect(wearable(atlas).map(({ id }) => id)).toEqual(["harbour-ana"]);
    expect(lookDrawnBy(sprite("photo", "avatar"))).toBeNull();
    expect(atlas.sprites[0] && lookDrawnBy(atlas.sprites[0])?.hair.style).toBe("bun");
  });
});
