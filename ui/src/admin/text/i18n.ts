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

const KEPT_AS = "comutiny.admin.language";

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

/** Ready when it returns: both languages are part of the page. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, es: { translation: es } },
    lng: languageOf([keptLanguage(), ...navigator.languages]),
    fallbackLng: "en",
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // Full or forbidden: the choice lasts as long as the page.
  }
  void i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentFormat(): Format {
  return formatFor(i18next.language);
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
