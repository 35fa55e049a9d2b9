/**
 * The language the administration speaks: the person's choice, else the browser's, else English.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import {
  byLanguage,
  type Dictionary,
  LANGUAGE_CODES,
  type Language,
  languageOf,
  localeOf,
} from "../../languages";
import type { admin as english } from "../../languages/en/admin";
import { type Format, formatFor } from "../format/format";

const TEXTS = byLanguage(
  import.meta.glob<Dictionary<typeof english>>("../../languages/*/admin.ts", {
    eager: true,
    import: "admin",
  }),
);

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof english };
  }
}

let keep: (language: Language) => void = () => {};

/** Ready when it returns: all languages are part of the page. `kept` is an earlier choice, `onChoice` gets the next. */
export function startI18n(kept: string | null, onChoice: (language: Language) => void): void {
  keep = onChoice;
  void i18next.use(initReactI18next).init({
    resources: Object.fromEntries(LANGUAGE_CODES.map((code) => [code, { translation: TEXTS[code] }])),
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
  return formatFor(localeOf(i18next.language, navigator.languages));
}
