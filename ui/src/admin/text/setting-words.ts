/** Settings and their values as people say them. A setting this page has no words for keeps its own. */
import type { TFunction } from "i18next";
import type { SettingView } from "../contract";
import { isKnownSetting } from "./known-settings";

/** What the server writes in place of a secret. */
const HIDDEN = "[redacted]";

/** `world_name` as people write it. */
export function titleOf(key: string): string {
  const words = key.replaceAll("_", " ").replace(/\b(pin|jwt|url|cors|id)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function settingName(t: TFunction, key: string): string {
  return isKnownSetting(key) ? t(`settings.known.${key}.title`) : titleOf(key);
}

/** What it does, in one sentence; the server's own where this page has none. */
export function settingHelp(t: TFunction, { key, help }: Pick<SettingView, "key" | "help">): string {
  return isKnownSetting(key) ? t(`settings.known.${key}.help`) : help;
}

/** One of a few words. */
export function choiceName(t: TFunction, key: string, choice: string): string {
  const words: Readonly<Record<string, string>> =
    key === "world_mood"
      ? t("settings.light", { returnObjects: true })
      : key === "word_list_mode"
        ? t("settings.wordMode", { returnObjects: true })
        : {};
  return (Object.hasOwn(words, choice) ? words[choice] : undefined) ?? choice;
}

const UNITS = ["days", "ms", "seconds", "minutes", "bytes", "percent"] as const;

/** What the number of a setting is of; `null` for what is counted, and for a port. */
function unitOf(key: string): (typeof UNITS)[number] | null {
  return UNITS.find((unit) => key.endsWith(`_${unit}`)) ?? null;
}

/** What stands behind the number while it is edited: " days", " s". */
export function unitWords(t: TFunction, key: string, value: number): string {
  const unit = unitOf(key);
  return unit === null ? "" : t(`settings.unit.${unit}`, { count: value }).replace(/^[\d.,]+/, "");
}

export function valueWords(t: TFunction, key: string, value: unknown): string {
  if (value === HIDDEN) return t("settings.hidden");
  if (value === null || value === undefined || value === "") return t("settings.unset");
  if (typeof value === "boolean") return value ? t("settings.yes") : t("settings.no");
  const unit = unitOf(key);
  if (typeof value === "number" && unit !== null)
    return unit === "days" && value === 0
      ? t("duration.forGood")
      : t(`settings.unit.${unit}`, { count: value });
  return choiceName(t, key, String(value));
}
