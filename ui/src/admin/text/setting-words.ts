/** Settings and their values as people say them. A setting this page has no words for keeps its own. */
import type { TFunction } from "i18next";
import { knownKey } from "./known-settings";

/** What the server writes in place of a secret. */
const HIDDEN = "[redacted]";

/** `world_name` as people write it. */
export function titleOf(key: string): string {
  const words = key.replaceAll("_", " ").replace(/\b(pin|jwt|url|cors|id)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function settingName(t: TFunction, key: string): string {
  const known = knownKey(key);
  return known ? t(`settings.known.${known}.title`) : titleOf(key);
}

export function valueWords(t: TFunction, key: string, value: unknown): string {
  if (value === HIDDEN) return t("settings.hidden");
  if (value === null || value === undefined || value === "") return t("settings.unset");
  if (typeof value === "boolean") return value ? t("settings.yes") : t("settings.no");
  if (typeof value === "number" && key.endsWith("_days"))
    return value === 0 ? t("duration.forGood") : t("duration.nDays", { count: value });
  return String(value);
}
