/** Settings and headings this page has words of its own for; the rest speaks the server's English. */
import i18next from "i18next";
import type { admin as english } from "../../languages/en/admin";

export type KnownSetting = keyof typeof english.settings.known;
export type KnownSection = keyof typeof english.settings.section;

export function isKnownSetting(key: string): key is KnownSetting {
  return i18next.exists(`settings.known.${key}.title`);
}

export function knownSection(name: string): KnownSection | undefined {
  const key = name.toLowerCase();
  return i18next.exists(`settings.section.${key}`) ? (key as KnownSection) : undefined;
}
