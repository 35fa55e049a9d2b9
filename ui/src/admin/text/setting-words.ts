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

export function valueWords(t: TFunction, key: string, value: unknown): string {
  if (value === HIDDEN) return t("settings.hidden");
  if (value === null || value === undefined || value === "") return t("settings.unset");
  if (typeof value === "boolean") return value ? t("settings.yes") : t("settings.no");
  if (typeof value === "number" && key.endsWith("_days"))
    return value === 0 ? t("duration.forGood") : t("duration.nDays", { count: value });
  return choiceName(t, key, String(value));
}
