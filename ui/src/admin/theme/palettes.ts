/** Ten shades of every hue the component kit may ask for. Data only. */
import type { MantineColorsTuple } from "@mantine/core";

const shades = (words: string): MantineColorsTuple => {
  const [a = "", b = "", c = "", d = "", e = "", f = "", g = "", h = "", i = "", j = ""] = words.split(" ");
  return [a, b, c, d, e, f, g, h, i, j];
};

export const PALETTES = {
  tide: shades("#E8F6F9 #CDEBF1 #A3DAE5 #6CC5D6 #43AEC3 #2293AA #127C93 #0B687C #095465 #073F4D"),
  lantern: shades("#FDF1D6 #FEE4B2 #FFD78B #FFC95C #E2AB47 #C68F33 #AA731D #8F5800 #6B4617 #4F371C"),
  green: shades("#E3F3E8 #C1E8CD #9EDDB3 #76D198 #60B981 #4AA16B #348A55 #1B7440 #195937 #16452F"),
  orange: shades("#FCEDE2 #FFD4BA #FFBA92 #FF9F66 #EA8951 #D6743C #C15F26 #AD4A07 #813D1A #5F321E"),
  red: shades("#FCE9EB #FFC8CB #FFA5AB #FF808B #EF6B76 #DF5662 #CE3F4D #BE2439 #8E2632 #69242C"),
  indigo: shades("#E9EDFB #CFDAFD #B5C6FF #9CB2FF #819BEC #6684D9 #4D6DC7 #3456B4 #294489 #203668"),
  dark: shades("#E9EFF2 #CBD6DC #AEBCC5 #8698A4 #2C3E4C #20303D #172430 #0A1118 #080E14 #05090D"),
};
