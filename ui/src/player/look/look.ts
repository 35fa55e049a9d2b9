/**
 * How somebody looks: from what they chose, and where they chose nothing, from a hash of their id.
 *
 * Pure. A layer of `metadata.appearance` is a text like `bob-3` (a style and the numbers of its colours) or `null` for
 * off; a text another client made up is understood as *some* look, always the same one. Pixels are `art/person`.
 */
import type { Metadata } from "../../contract";
import { fieldsOf, own } from "../../sdk";

export const SKINS = ["#F6D7BD", "#EBBE98", "#D79E73", "#B67A50", "#8A5638", "#5E3A28"] as const;
export const HAIR_COLOURS = [
  "#2B2230",
  "#4A2F28",
  "#7C4A2D",
  "#B5713A",
  "#E0B25C",
  "#C9CDD2",
  "#B8493F",
  "#3E6E8E",
] as const;
export const CLOTHS = [
  "#D9604F",
  "#E8955A",
  "#E6BC52",
  "#7DAE5B",
  "#3E9A86",
  "#3C8DAE",
  "#4A6BC0",
  "#7A62B8",
  "#B75D93",
  "#8A5A44",
  "#54677A",
  "#F1E6D6",
] as const;
export const SHOES = ["#2C3A47", "#6B4330", "#F4EFE6", "#B5483D", "#35618A", "#3B3145"] as const;

export const HAIR_STYLES = ["short", "bob", "long", "bun", "curls", "beanie", "sailor", "none"] as const;
export const OUTFIT_STYLES = ["coat", "hem", "stripes", "buttons", "dungarees", "apron"] as const;
export const FACE_STYLES = ["dots", "smile", "glasses", "beard"] as const;

export type HairStyle = (typeof HAIR_STYLES)[number];
export type OutfitStyle = (typeof OUTFIT_STYLES)[number];
export type FaceStyle = (typeof FACE_STYLES)[number];

/** Undyed cloth, for an outfit that is off and for most trims. */
const UNDYED = 11;

/** Numbers index the palettes above. */
export interface Look {
  readonly skin: number;
  readonly hair: { readonly style: HairStyle; readonly colour: number };
  readonly face: FaceStyle | null;
  readonly outfit: {
    readonly style: OutfitStyle;
    readonly cloth: number;
    readonly trim: number;
    readonly scarf: number | null;
  };
  /** `null`: barefoot. */
  readonly shoes: number | null;
}

/** The look of a player as everyone sees it. */
export function lookOf(id: string, metadata: Metadata): Look {
  const born = lookFromSeed(id);
  const chosen = fieldsOf(own(metadata, "appearance"));
  if (!chosen) return born;
  return {
    ...readFace(own(chosen, "face"), born),
    hair: readHair(own(chosen, "hair"), born.hair),
    outfit: readOutfit(own(chosen, "outfit"), born.outfit),
    shoes: readShoes(own(chosen, "shoes"), born.shoes),
  };
}

/** The same text for the same look, to cache its pictures. */
export function lookKey(look: Look): string {
  const { hair, outfit } = look;
  return [
    look.skin,
    look.face,
    hair.style,
    hair.colour,
    outfit.style,
    outfit.cloth,
    outfit.trim,
    outfit.scarf,
    look.shoes,
  ].join();
}

/** The layers that say this look on the wire. */
export function appearanceOf(look: Look): Record<"hair" | "face" | "outfit" | "shoes", string | null> {
  const { hair, outfit } = look;
  const scarf = outfit.scarf === null ? "" : `-${outfit.scarf}`;
  return {
    hair: `${hair.style}-${hair.colour}`,
    face: look.face === null ? null : `${look.face}-${look.skin}`,
    outfit: `${outfit.style}-${outfit.cloth}-${outfit.trim}${scarf}`,
    shoes: look.shoes === null ? null : `shoes-${look.shoes}`,
  };
}

export function lookFromSeed(seed: string): Look {
  const draw = drawsFrom(seed);
  const cloth = draw(CLOTHS.length);
  const light = draw(3) > 0;
  return {
    skin: draw(SKINS.length),
    hair: { style: pick(HAIR_STYLES, draw(HAIR_STYLES.length - 1)), colour: draw(HAIR_COLOURS.length) },
    face: pick(FACE_STYLES, draw(8) % 5),
    outfit: {
      style: pick(OUTFIT_STYLES, draw(OUTFIT_STYLES.length)),
      cloth,
      trim: light && cloth !== UNDYED ? UNDYED : (cloth + 2 + draw(8)) % CLOTHS.length,
      scarf: draw(4) === 0 ? (cloth + 3 + draw(6)) % CLOTHS.length : null,
    },
    shoes: draw(SHOES.length),
  };
}

type Layer = { readonly style: string; readonly numbers: readonly number[] };

/** `undefined`: not said; `null`: off. */
function readLayer(value: unknown): Layer | null | undefined {
  if (value === null) return null;
  if (typeof value !== "string" || value === "") return undefined;
  const [style = "", ...rest] = value.split("-");
  return { style, numbers: rest.map(Number).filter((n) => Number.isInteger(n) && n >= 0) };
}

function readHair(value: unknown, born: Look["hair"]): Look["hair"] {
  const layer = readLayer(value);
  if (layer === undefined) return born;
  if (layer === null) return { style: "none", colour: born.colour };
  const style = known(HAIR_STYLES, layer.style);
  if (!style) return lookFromSeed(String(value)).hair;
  return { style, colour: within(layer.numbers[0], HAIR_COLOURS.length) ?? born.colour };
}

function readFace(value: unknown, born: Look): Pick<Look, "face" | "skin"> {
  const layer = readLayer(value);
  if (layer === undefined) return { face: born.face, skin: born.skin };
  if (layer === null) return { face: null, skin: born.skin };
  const face = known(FACE_STYLES, layer.style);
  if (!face) return { face: lookFromSeed(String(value)).face, skin: born.skin };
  return { face, skin: within(layer.numbers[0], SKINS.length) ?? born.skin };
}

function readOutfit(value: unknown, born: Look["outfit"]): Look["outfit"] {
  const layer = readLayer(value);
  if (layer === undefined) return born;
  if (layer === null) return { style: "coat", cloth: UNDYED, trim: UNDYED, scarf: null };
  const style = known(OUTFIT_STYLES, layer.style);
  if (!style) return lookFromSeed(String(value)).outfit;
  const [cloth, trim, scarf] = layer.numbers.map((n) => within(n, CLOTHS.length));
  return { style, cloth: cloth ?? born.cloth, trim: trim ?? UNDYED, scarf: scarf ?? null };
}

function readShoes(value: unknown, born: number | null): number | null {
  const layer = readLayer(value);
  if (layer === undefined) return born;
  if (layer === null) return null;
  if (layer.style !== "shoes") return lookFromSeed(String(value)).shoes;
  return within(layer.numbers[0], SHOES.length) ?? born;
}

function known<T extends string>(styles: readonly T[], style: string): T | undefined {
  return styles.find((each) => each === style);
}

function within(number: number | undefined, length: number): number | undefined {
  return number !== undefined && number < length ? number : undefined;
}

function pick<T>(from: readonly [T, ...T[]], index: number): T {
  return from[index] ?? from[0];
}

/** A row of whole numbers below `n` that depends on the seed alone. */
function drawsFrom(seed: string): (n: number) => number {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}
