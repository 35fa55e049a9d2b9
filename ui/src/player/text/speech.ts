/**
 * The language the page speaks: the visitor's choice, else the browser's, else English. Whatever was rendered through
 * `render` is rendered again when the language changes.
 */
import { en, type Text } from "./en";
import { es } from "./es";

export const LANGUAGES = { en, es } as const satisfies Record<string, Text>;
export type LanguageCode = keyof typeof LANGUAGES;

/** Until then a weekday says which day is meant. */
const A_WEEK_MS = 6.5 * 24 * 3600 * 1000;

export class Speech {
  private readonly rendered: ((text: Text) => void)[] = [];

  /** `locales`: the browser's, for how dates are written in a country of the chosen language. */
  constructor(
    private chosen: LanguageCode,
    private readonly locales: readonly string[] = [],
  ) {}

  get code(): LanguageCode {
    return this.chosen;
  }

  get text(): Text {
    return LANGUAGES[this.chosen];
  }

  /** Runs now and after every change of language. For what lives as long as the page. */
  render(run: (text: Text) => void): void {
    this.rendered.push(run);
    run(this.text);
  }

  choose(code: LanguageCode): void {
    this.chosen = code;
    for (const run of this.rendered) run(this.text);
  }

  /** Why something was refused: in the page's own words where it has some, else in the server's. */
  refusal({ code, message }: { readonly code: string; readonly message: string }): string {
    const words: Readonly<Record<string, string>> = this.text.refused;
    return (Object.hasOwn(words, code) ? words[code] : undefined) ?? (message || this.text.notSent);
  }

  /**
   * A moment as people say it, with its preposition: the time today, the weekday within a week, else the date. What is
   * no moment is shown as it came.
   */
  until(iso: string, now: Date): string {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    const locale = this.locales.find((each) => each.toLowerCase().startsWith(this.chosen)) ?? this.chosen;
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, options).format(date);
    const time = format({ hour: "numeric", minute: "2-digit" });
    if (date.toDateString() === now.toDateString()) return this.text.untilTime(time);
    const near = Math.abs(date.getTime() - now.getTime()) < A_WEEK_MS;
    const day = format(near ? { weekday: "long" } : { day: "numeric", month: "long", year: "numeric" });
    return this.text.untilDay(day, time);
  }
}

/** The first of these that names a language the page speaks; English for none. */
export function languageOf(wishes: readonly (string | null | undefined)[]): LanguageCode {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase();
    if (code === "en" || code === "es") return code;
  }
  return "en";
}
