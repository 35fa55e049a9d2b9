/**
 * The language the administration speaks: the person's choice, else the browser's, else English.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { byLanguage, type Dictionary, type Language, languageOf, localeOf } from "../../languages";
import type { admin as english } from "../../languages/en/admin";
import { type Format, formatFor } from "../format/format";

/** Each is a file of its own: nobody loads the sentences of a language that is not spoken. */
const LOADS = byLanguage(
  import.meta.glob<Dictionary<typeof english>>("../../languages/*/admin.ts", { import: "admin" }),
);

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof english };
  }
}

let keep: (language: Language) => void = () => {};

/** The choice that counts: an earlier one may still be on its way. */
let wanted: Language = "en";

/** Ready when it resolves. `kept` is an earlier choice, `onChoice` gets the next. */
export async function startI18n(kept: string | null, onChoice: (language: Language) => void): Promise<void> {
  keep = onChoice;
  wanted = languageOf([kept, ...navigator.languages]);
  await i18next.use(initReactI18next).init({
    resources: { [wanted]: { translation: await LOADS[wanted]() } },
    lng: wanted,
    // Every dictionary is whole: the compiler holds them to it.
    fallbackLng: false,
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = wanted;
}

/** Remembered at once, spoken as soon as its sentences are here; without the server that is when the page opens next. */
export function chooseLanguage(language: Language): void {
  keep(language);
  speak(language);
}

/** Changes the language without remembering it: somebody else does. */
export function speak(language: Language): void {
  wanted = language;
  void load(language).then(
    () => {
      if (wanted !== language) return;
      void i18next.changeLanguage(language);
      document.documentElement.lang = language;
    },
    (error: unknown) => console.warn("The language could not be loaded.", error),
  );
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "translation")) return;
  i18next.addResourceBundle(language, "translation", await LOADS[language]());
}

export function currentFormat(): Format {
  return formatFor(localeOf(i18next.language, navigator.languages));
}
