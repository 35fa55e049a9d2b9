/** The language of what bots say: the page's, where they know it. Pure. */
import type { LoadTestLanguage } from "../../contract";

export function botLanguage(page: string): LoadTestLanguage {
  return page.startsWith("es") ? "es" : "en";
}
