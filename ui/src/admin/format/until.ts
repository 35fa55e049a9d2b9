/**
 * A moment behind "until", or behind what happened then: some languages want an article there, by whether it is a time or
 * a day.
 */

import type { TFunction } from "i18next";
import { daysAgo } from "./days";
import type { Format } from "./format";

export const untilWords = (t: TFunction, format: Format, iso: string, now: number) =>
  words(t, "until", format, iso, now);

/** For "ended", "read" and their like. */
export const whenWords = (t: TFunction, format: Format, iso: string, now: number) =>
  words(t, "when", format, iso, now);

function words(t: TFunction, behind: "until" | "when", { moment }: Format, iso: string, now: number): string {
  const at = moment(iso, now);
  if (daysAgo(iso, now) !== 0) return t(`${behind}.day`, { at });
  return t(`${behind}.clock`, { at, count: new Date(iso).getHours() });
}
