/**
 * The colours of the harbour by day, at dusk and by night, from the product's visual direction. Data and colour
 * arithmetic only.
 */
import type { Mood } from "@comutiny/client/contract";

export interface Palette {
  readonly name: Mood;
  readonly water: string;
  readonly shallow: string;
  readonly shore: string;
  readonly foam: string;
  readonly grass: readonly [string, string];
  readonly sand: readonly [string, string];
  readonly stone: readonly [string, string];
  readonly deck: readonly [string, string];
  readonly fronts: {
    readonly grass: string;
    readonly sand: string;
    readonly stone: string;
    readonly deck: string;
  };
  readonly inlay: readonly [string, string];
  /** Mixed into every base colour on the side away from the light. */
  readonly shade: string;
  readonly shadowAlpha: number;
  readonly tints: {
    readonly red: string;
    readonly blue: string;
    readonly leaf: string;
    readonly mint: string;
    readonly blossom: string;
  };
  readonly trunk: string;
  readonly wall: string;
  readonly plaster: string;
  readonly glass: string;
  readonly white: string;
  readonly metal: string;
}

export const DAY: Palette = {
  name: "day",
  water: "#6CC0C7",
  shallow: "#86D0D2",
  shore: "#A9E1DD",
  foam: "#E4F6EF",
  grass: ["#A9CF8B", "#A5CC88"],
  sand: ["#F3DDB2", "#F1DAAC"],
  stone: ["#F6E4D6", "#F3DFD1"],
  deck: ["#D9A877", "#CF9C6A"],
  fronts: { grass: "#C79A72", sand: "#D3A67A", stone: "#D9AE9C", deck: "#A87450" },
  inlay: ["#E7B79E", "#D98F7C"],
  shade: "#27496B",
  shadowAlpha: 0.17,
  tints: { red: "#DE6F5E", blue: "#4E8FA3", leaf: "#5FA777", mint: "#7DBB7E", blossom: "#E59B86" },
  trunk: "#9A6B4E",
  wall: "#FFF3E6",
  plaster: "#F0D2BF",
  glass: "#FFD98A",
  white: "#FFFDF8",
  metal: "#3F5668",
};

/** Half way into the night: the violet of the sky in the water, the last sun on the land. */
export const DUSK: Palette = {
  name: "dusk",
  water: "#517F95",
  shallow: "#5F8A9D",
  shore: "#7397A7",
  foam: "#9CAFBC",
  grass: ["#859576", "#839272"],
  sand: ["#BCA592", "#B9A08C"],
  stone: ["#C1AAA7", "#BEA5A2"],
  deck: ["#AA826D", "#A47A65"],
  fronts: { grass: "#907265", sand: "#9E7B6B", stone: "#A4817D", deck: "#865E51" },
  inlay: ["#C1998F", "#BE847A"],
  shade: "#1E2A4A",
  shadowAlpha: 0.22,
  tints: { red: "#BC635E", blue: "#5A7586", leaf: "#5D7F68", mint: "#6F8E71", blossom: "#B57B75" },
  trunk: "#7F5A50",
  wall: "#CDBAB6",
  plaster: "#B99C97",
  glass: "#FFD07A",
  white: "#D7C9CA",
  metal: "#4F4E5D",
};

export const NIGHT: Palette = {
  name: "night",
  water: "#12303F",
  shallow: "#173A49",
  shore: "#1F4856",
  foam: "#3F6E78",
  grass: ["#2C5356", "#294E52"],
  sand: ["#5F6A70", "#596468"],
  stone: ["#6A7078", "#646A73"],
  deck: ["#51525A", "#4B4C55"],
  fronts: { grass: "#21394A", sand: "#37434F", stone: "#3E4855", deck: "#2E3440" },
  inlay: ["#7F7F84", "#8A7A78"],
  shade: "#040A14",
  shadowAlpha: 0.3,
  tints: { red: "#7D4A52", blue: "#2C4F62", leaf: "#1F4B4C", mint: "#2A595A", blossom: "#5F4F5C" },
  trunk: "#2E3440",
  wall: "#7E8790",
  plaster: "#59636F",
  glass: "#FFC95C",
  white: "#9AA6AE",
  metal: "#22313F",
};

export const PALETTES: Readonly<Record<Mood, Palette>> = { day: DAY, dusk: DUSK, night: NIGHT };

/** `#RRGGBB` a share of the way towards another. */
export function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => {
    const value = Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * share);
    return value.toString(16).padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}
