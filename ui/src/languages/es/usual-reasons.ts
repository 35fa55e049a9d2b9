/** Los motivos habituales de moderación, como los ofrecen ambas páginas. */
import type { usualReasons as english } from "../en/usual-reasons";

export const usualReasons: typeof english = {
  following: "Sigue a la gente",
  insults: "Insultos",
  spam: "Spam",
  blocking: "Cierra el paso",
};
