/** A map's word for one of its corners, in the language of the page. */
import type { TFunction } from "i18next";

const KNOWN = ["plaza", "market", "terrace", "jetty", "lighthouse", "green"] as const;

/** A word of a map that this page has no translation for is shown as the map says it. */
export function placeName(t: TFunction, name: string): string {
  const known = KNOWN.find((each) => each === name);
  return known === undefined ? name : t(`place.${known}`);
}
