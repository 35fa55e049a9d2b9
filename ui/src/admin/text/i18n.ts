/**
 * The language the administration speaks: the person's choice, else the browser's, else English.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type Format, formatFor } from "../format/format";
import { en } from "./en";
import { es } from "./es";

export const LANGUAGES = { en: "English", es: "Español" } as const;
export type Language = keyof typeof LANGUAGES;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** The first wish this GUI can speak. */
export function languageOf(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase();
    if (code === "en" || code === "es") return code;
  }
  return "en";
}

let keep: (language: Language) => void = () => {};

/** Ready when it returns: both languages are part of the page. `kept` is an earlier choice, `onChoice` hears of the next. */
export function startI18n(kept: string | null, onChoice: (language: Language) => void): void {
  keep = onChoice;
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, es: { translation: es } },
    lng: languageOf([kept, ...navigator.languages]),
    fallbackLng: "en",
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export function chooseLanguage(language: Language): void {
  keep(language);
  speak(language);
}

/** Changes the language without remembering it: somebody else does. */
export function speak(language: Language): void {
  void i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentFormat(): Format {
  return formatFor(i18next.language);
}
