/**
 * The language the page speaks: the visitor's choice, else the browser's, else English. Whatever was said through
 * `say` is said again when the language changes.
 */
import { en, type Text } from "./en";
import { es } from "./es";

export const LANGUAGES = { en, es } as const satisfies Record<string, Text>;
export type LanguageCode = keyof typeof LANGUAGES;

export class Speech {
  private readonly said: ((text: Text) => void)[] = [];

  constructor(private chosen: LanguageCode) {}

  get code(): LanguageCode {
    return this.chosen;
  }

  get text(): Text {
    return LANGUAGES[this.chosen];
  }

  /** Runs now and after every change of language. For what lives as long as the page. */
  say(run: (text: Text) => void): void {
    this.said.push(run);
    run(this.text);
  }

  choose(code: LanguageCode): void {
    this.chosen = code;
    for (const run of this.said) run(this.text);
  }

  /** A moment as people say it: weekday and time, with the date when it is more than a week away. */
  moment(iso: string, now: Date): string {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    const near = Math.abs(date.getTime() - now.getTime()) < 6.5 * 24 * 3600 * 1000;
    const day: Intl.DateTimeFormatOptions = near
      ? { weekday: "long" }
      : { day: "numeric", month: "long", year: "numeric" };
    return new Intl.DateTimeFormat(this.chosen, { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
  }
}

/** The first of these that names a language the page speaks. */
export function languageOf(wishes: readonly (string | null | undefined)[]): LanguageCode {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase();
    if (code === "en" || code === "es") return code;
  }
  return "en";
}
