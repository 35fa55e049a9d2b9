/**
 * The languages of both pages. One more is a folder beside this file, with the same files as `en`, and a line in
 * this list; the pages and their menus find it by that.
 */

/** Each by its code, with the name it has for those who speak it. The first is what others fall back to. */
export const LANGUAGES = {
  en: "English",
  es: "Español",
} as const satisfies Readonly<Record<string, string>>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];

const FALLBACK: Language = "en";

/** The shape of a dictionary in another language than that it was written in. */
export type Dictionary<T> = { readonly [K in keyof T]: T[K] extends string ? string : Dictionary<T[K]> };

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}

/** The first of these that names a language of this list, such as `es-MX`; English for none. */
export function languageOf(wishes: readonly (string | null | undefined)[]): Language {
  const codes = wishes.map((wish) => wish?.slice(0, 2).toLowerCase() ?? "");
  return codes.find(isLanguage) ?? FALLBACK;
}

/**
 * One page's dictionaries by language, from its files by path (`.../es/player.ts`).
 *
 * Throws when a language of the list has no such file.
 */
export function byLanguage<T>(files: Readonly<Record<string, T>>): Readonly<Record<Language, T>> {
  const entries = LANGUAGE_CODES.map((code) => {
    const path = Object.keys(files).find((each) => each.includes(`/${code}/`));
    const dictionary = path === undefined ? undefined : files[path];
    if (dictionary === undefined) throw new Error(`The language "${code}" lacks a dictionary for this page.`);
    return [code, dictionary] as const;
  });
  return Object.fromEntries(entries) as Record<Language, T>;
}

/** Hours of both pages count to 24, whatever the country: a time then means the same to everybody who reads it. */
export const HOURS = { hourCycle: "h23" } as const satisfies Intl.DateTimeFormatOptions;

/** The first of the browser's locales that speaks this language, such as `es-MX`: how dates are written there. */
export function localeOf(language: string, locales: readonly string[]): string {
  return locales.find((each) => each.toLowerCase().slice(0, 2) === language) ?? language;
}
