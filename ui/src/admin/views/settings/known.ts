/** Settings and headings this page has words of its own for, in every language; the rest speaks the server's English. */
import { en } from "../../text/en";

export type KnownSetting = keyof typeof en.settings.known;
export type KnownSection = keyof typeof en.settings.section;

export function knownKey(key: string): KnownSetting | undefined {
  return Object.hasOwn(en.settings.known, key) ? (key as KnownSetting) : undefined;
}

export function knownSection(name: string): KnownSection | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(en.settings.section, key) ? (key as KnownSection) : undefined;
}
