/** Settings and headings this page has words of its own for, in every language; the rest speaks the server's English. */
import { admin as english } from "../../languages/en/admin";

export type KnownSetting = keyof typeof english.settings.known;
export type KnownSection = keyof typeof english.settings.section;

export function knownKey(key: string): KnownSetting | undefined {
  return Object.hasOwn(english.settings.known, key) ? (key as KnownSetting) : undefined;
}

export function knownSection(name: string): KnownSection | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(english.settings.section, key) ? (key as KnownSection) : undefined;
}
