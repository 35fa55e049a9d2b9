// @vitest-environment jsdom

import type { AvatarLook, SpriteAtlas } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { appearanceOf, lookFromSeed } from "../look/look";
import { button, onPage, portraits, speechIn } from "./scripted";
import { Wardrobe } from "./wardrobe";

const LOOK = lookFromSeed("ana");
const NOBODY: SpriteAtlas = { version: 1, updatedAt: "", sprites: [], lookup: new Map() };

function wardrobe(atlas = NOBODY) {
  const worn: AvatarLook[] = [];
  const it = new Wardrobe(speechIn(), portraits, (look) => worn.push(look));
  const element = onPage(it.element);
  it.show({ look: LOOK, sheetId: null }, atlas);
  const part = (legend: string) => {
    const found = [...element.querySelectorAll("fieldset")].find(
      (each) => each.querySelector("legend")?.textContent === legend,
    );
    if (!found) throw new Error(`no part ${legend}`);
    return found;
  };
  return { element, worn, part };
}

describe("the wardrobe", () => {
  it("wears what one came with when nothing was changed", () => {
    const { element, worn } = wardrobe();
    button(element, "Done").click();
    expect(worn).toEqual([{ appearance: appearanceOf(LOOK), spriteAssetId: null }]);
    expect(element.open).toBe(false);
  });

  it("wears nothing that was not confirmed", () => {
    const { element, worn } = wardrobe();
    button(element, "Surprise me").click();
    button(element, "Close").click();
    expect(worn).toEqual([]);
  });

  it("keeps the focus on the choice, so that arrows and keys go on", () => {
    const { part } = wardrobe();
    const choices = () => [...part("Hair").querySelectorAll("button")];
    const other = choices().findIndex((each) => each.getAttribute("aria-pressed") !== "true");
    choices()[other]?.focus();
    choices()[other]?.click();
    expect(choices()[other]?.getAttribute("aria-pressed")).toBe("true");
    expect(document.activeElement).toBe(choices()[other]);
  });

  it("has no people of the house where the atlas has none", () =>
    expect(wardrobe().element.textContent).not.toContain("From the house"));
});
