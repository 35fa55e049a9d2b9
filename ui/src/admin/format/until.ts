/** A moment behind the word "until": some languages want an article there, by whether it is a time or a day. */

import type { TFunction } from "i18next";
import { daysAgo } from "./days";
import type { Format } from "./format";

export function untilWords(t: TFunction, { moment }: Format, iso: string, now: number): string {
  const at = moment(iso, now);
  if (daysAgo(iso, now) !== 0) return t("until.day", { at });
  return t("until.clock", { at, count: new Date(iso).getHours() });
}
