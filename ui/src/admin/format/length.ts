/** A length as people say it: "10 minutes", "1 day". */
import type { TFunction } from "i18next";

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** In its two largest units; `null` is for good. Minutes no longer count from a day on. */
export function lengthWords(t: TFunction, minutes: number | null): string {
  if (minutes === null) return t("duration.forGood");
  if (minutes === WEEK) return t("duration.week");
  const whole = minutes < DAY ? minutes : Math.round(minutes / HOUR) * HOUR;
  const days = t("duration.nDays", { count: Math.floor(whole / DAY) });
  const hours = t("duration.nHours", { count: Math.floor((whole % DAY) / HOUR) });
  const rest = t("duration.nMinutes", { count: whole % HOUR });
  if (whole >= DAY) return whole % DAY === 0 ? days : t("duration.two", { large: days, small: hours });
  if (whole < HOUR) return rest;
  return whole % HOUR === 0 ? hours : t("duration.two", { large: hours, small: rest });
}
