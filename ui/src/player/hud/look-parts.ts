/**
 * Every part of a look as a row of choices, the worn one pressed.
 */

import type { PlayerText } from "../../languages/en/player";
import { el } from "../dom/element";
import {
  CLOTHS,
  type Dye,
  FACE_STYLES,
  HAIR_COLOURS,
  HAIR_STYLES,
  type Look,
  OUTFIT_STYLES,
  SHOES,
  SKINS,
} from "../look/look";

export function lookParts(look: Look, text: PlayerText, onChange: (look: Look) => void): HTMLElement[] {
  const { hair, outfit } = look;
  const words = text.lookOf;
  const wear = (part: Partial<Look["outfit"]>) => onChange({ ...look, outfit: { ...outfit, ...part } });
  return [
    swatches(text, words.skin, SKINS, look.skin, (skin) => onChange({ ...look, skin })),
    chips(text, words.hair, HAIR_STYLES, hair.style, (style) =>
      onChange({ ...look, hair: { ...hair, style } }),
    ),
    swatches(text, words.hairColour, HAIR_COLOURS, hair.colour, (colour) =>
      onChange({ ...look, hair: { ...hair, colour } }),
    ),
    chips(text, words.face, FACE_STYLES, look.face, (face) => onChange({ ...look, face })),
    chips(text, words.outfit, OUTFIT_STYLES, outfit.style, (style) => wear({ style })),
    swatches(text, words.cloth, CLOTHS, outfit.cloth, (cloth) => wear({ cloth })),
    swatches(text, words.trim, CLOTHS, outfit.trim, (trim) => wear({ trim })),
    swatches(
      text,
      words.scarf,
      CLOTHS,
      outfit.scarf,
      (scarf) => wear({ scarf: scarf === outfit.scarf ? null : scarf }),
      () => wear({ scarf: null }),
    ),
    swatches(text, words.shoes, SHOES, look.shoes, (shoes) => onChange({ ...look, shoes })),
  ];
}

function chips<S extends keyof PlayerText["style"]>(
  text: PlayerText,
  title: string,
  styles: readonly S[],
  worn: S | null,
  onChoose: (style: S) => void,
): HTMLElement {
  const buttons = styles.map((style) => {
    const chip = el("button", { type: "button", "aria-pressed": `${style === worn}` }, text.style[style]);
    chip.addEventListener("click", () => onChoose(style));
    return chip;
  });
  return el("fieldset", { class: "styles" }, el("legend", {}, title), ...buttons);
}

function swatches(
  text: PlayerText,
  title: string,
  dyes: readonly Dye[],
  worn: number | null,
  onChoose: (index: number) => void,
  /** Of a part that one can go without. */
  onNone?: () => void,
): HTMLElement {
  const names: Readonly<Record<string, string>> = text.dye;
  const buttons = dyes.map((dye, index) => {
    const label = names[dye.word] ?? dye.word;
    const swatch = el("button", { type: "button", "aria-label": label, title: label });
    swatch.setAttribute("aria-pressed", `${index === worn}`);
    swatch.style.setProperty("--dye", dye.colour);
    swatch.addEventListener("click", () => onChoose(index));
    return swatch;
  });
  if (onNone) {
    const none = el("button", { type: "button", class: "none" }, text.lookOf.off);
    none.setAttribute("aria-pressed", `${worn === null}`);
    none.addEventListener("click", onNone);
    buttons.unshift(none);
  }
  return el("fieldset", { class: "swatches" }, el("legend", {}, title), ...buttons);
}
