/** A length as people say it: "10 minutes", "1 day". */
import type { TFunction } from "i18next";

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** In the largest unit that is whole; `null` is for good. */
export function lengthWords(t: TFunction, minutes: number | null): string {
  if (minutes === null) return t("duration.forGood");
  if (minutes === WEEK) return t("duration.week");
  if (minutes % DAY === 0) return t("duration.nDays", { count: minutes / DAY });
  if (minutes % HOUR === 0) return t("duration.nHours", { count: minutes / HOUR });
  return t("duration.nMinutes", { count: minutes });
}
