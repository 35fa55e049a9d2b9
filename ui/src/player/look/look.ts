/**
 * How somebody looks: from what they chose, and where they chose nothing, from a hash of their id.
 *
 * Pure. A layer of `metadata.appearance` is words joined by dashes, or `null` for off: hair `bun-umber`, face
 * `smile-honey` (with the skin), outfit `hem-coral-yellow-scarf-teal` (cloth, trim, scarf), shoes `brown`. The server
 * draws its sheets from the same words. A text another client made up is understood as *some* look, always the same
 * one. Pixels are `art/person`.
 */

import { fieldsOf, own } from "@comutiny/client";
import type { Metadata } from "@comutiny/client/contract";

/** Words and colours of one kind of thing; a look holds places in these lists. */
export interface Dye {
  readonly word: string;
  readonly colour: string;
}

const dyes = (colours: Readonly<Record<string, string>>): readonly Dye[] =>
  Object.entries(colours).map(([word, colour]) => ({ word, colour }));

export const SKINS = dyes({
  shell: "#F6D7BD",
  sand: "#EBBE98",
  honey: "#D79E73",
  clay: "#B67A50",
  chestnut: "#8A5638",
  cocoa: "#5E3A28",
});
export const HAIR_COLOURS = dyes({
  black: "#2B2230",
  umber: "#4A2F28",
  brown: "#7C4A2D",
  copper: "#B5713A",
  blond: "#E0B25C",
  grey: "#C9CDD2",
  red: "#B8493F",
  blue: "#3E6E8E",
});
export const CLOTHS = dyes({
  coral: "#D9604F",
  orange: "#E8955A",
  yellow: "#E6BC52",
  green: "#7DAE5B",
  teal: "#3E9A86",
  blue: "#3C8DAE",
  indigo: "#4A6BC0",
  violet: "#7A62B8",
  rose: "#B75D93",
  brown: "#8A5A44",
  slate: "#54677A",
  cream: "#F1E6D6",
});
export const SHOES = dyes({
  slate: "#2C3A47",
  brown: "#6B4330",
  white: "#F4EFE6",
  red: "#B5483D",
  blue: "#35618A",
  plum: "#3B3145",
});

export const HAIR_STYLES = ["short", "bob", "long", "bun", "curls", "beanie", "sailor", "none"] as const;
export const OUTFIT_STYLES = ["coat", "hem", "stripes", "buttons", "dungarees", "apron"] as const;
export const FACE_STYLES = ["dots", "smile", "glasses", "beard"] as const;

export type HairStyle = (typeof HAIR_STYLES)[number];
export type OutfitStyle = (typeof OUTFIT_STYLES)[number];
export type FaceStyle = (typeof FACE_STYLES)[number];

/** Undyed cloth, for an outfit that is off and for most trims. */
const UNDYED = CLOTHS.length - 1;

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

/** The same whole number for the same look and another one for any other, to find its pictures by. */
export function lookKey(look: Look): number {
  const { hair, outfit } = look;
  // What is off comes after everything that can be worn.
  const places: readonly (readonly [place: number, of: number])[] = [
    [look.skin, SKINS.length],
    [look.face === null ? FACE_STYLES.length : FACE_STYLES.indexOf(look.face), FACE_STYLES.length + 1],
    [HAIR_STYLES.indexOf(hair.style), HAIR_STYLES.length],
    [hair.colour, HAIR_COLOURS.length],
    [OUTFIT_STYLES.indexOf(outfit.style), OUTFIT_STYLES.length],
    [outfit.cloth, CLOTHS.length],
    [outfit.trim, CLOTHS.length],
    [outfit.scarf ?? CLOTHS.length, CLOTHS.length + 1],
    [look.shoes ?? SHOES.length, SHOES.length + 1],
  ];
  return places.reduce((key, [place, of]) => key * of + place, 0);
}

/** The layers that carry this look on the wire. */
export function appearanceOf(look: Look): Record<"hair" | "face" | "outfit" | "shoes", string | null> {
  const { hair, outfit } = look;
  const scarf = outfit.scarf === null ? "" : `-scarf-${word(CLOTHS, outfit.scarf)}`;
  return {
    hair: hair.style === "none" ? null : `${hair.style}-${word(HAIR_COLOURS, hair.colour)}`,
    face: look.face === null ? null : `${look.face}-${word(SKINS, look.skin)}`,
    outfit: `${outfit.style}-${word(CLOTHS, outfit.cloth)}-${word(CLOTHS, outfit.trim)}${scarf}`,
    shoes: look.shoes === null ? null : word(SHOES, look.shoes),
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

/** The words of a layer. `undefined`: not given; `null`: off. */
function readLayer(value: unknown): readonly string[] | null | undefined {
  if (value === null) return null;
  return typeof value === "string" && value !== "" ? value.split("-") : undefined;
}

function readHair(value: unknown, born: Look["hair"]): Look["hair"] {
  const words = readLayer(value);
  if (words === undefined) return born;
  if (words === null) return { style: "none", colour: born.colour };
  const style = known(HAIR_STYLES, words[0]);
  if (!style) return lookFromSeed(String(value)).hair;
  return { style, colour: place(HAIR_COLOURS, words[1]) ?? born.colour };
}

function readFace(value: unknown, born: Look): Pick<Look, "face" | "skin"> {
  const words = readLayer(value);
  if (words === undefined) return { face: born.face, skin: born.skin };
  if (words === null) return { face: null, skin: born.skin };
  const face = known(FACE_STYLES, words[0]);
  if (!face) return { face: lookFromSeed(String(value)).face, skin: born.skin };
  return { face, skin: place(SKINS, words[1]) ?? born.skin };
}

function readOutfit(value: unknown, born: Look["outfit"]): Look["outfit"] {
  const words = readLayer(value);
  if (words === undefined) return born;
  if (words === null) return { style: "coat", cloth: UNDYED, trim: UNDYED, scarf: null };
  const style = known(OUTFIT_STYLES, words[0]);
  if (!style) return lookFromSeed(String(value)).outfit;
  const scarf = words.indexOf("scarf");
  return {
    style,
    cloth: place(CLOTHS, words[1]) ?? born.cloth,
    trim: (scarf === 2 ? undefined : place(CLOTHS, words[2])) ?? UNDYED,
    scarf: scarf < 0 ? null : (place(CLOTHS, words[scarf + 1]) ?? UNDYED),
  };
}

function readShoes(value: unknown, born: number | null): number | null {
  const words = readLayer(value);
  if (words === undefined) return born;
  if (words === null) return null;
  return place(SHOES, words[0]) ?? lookFromSeed(String(value)).shoes;
}

function word(of: readonly Dye[], index: number): string {
  return of[index]?.word ?? "";
}

function place(of: readonly Dye[], word: string | undefined): number | undefined {
  const index = of.findIndex((dye) => dye.word === word);
  return index < 0 ? undefined : index;
}

function known<T extends string>(styles: readonly T[], style: string | undefined): T | undefined {
  return styles.find((each) => each === style);
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
