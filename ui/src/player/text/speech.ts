/**
 * The language the page speaks: the visitor's choice, else the browser's, else English. Whatever was rendered through
 * `render` is rendered again when the language changes.
 */
import { byLanguage, type Language } from "../../languages";
import type { PlayerText } from "../../languages/en/player";

const TEXTS = byLanguage(
  import.meta.glob<PlayerText>("../../languages/*/player.ts", { eager: true, import: "player" }),
);

/** Until then a weekday says which day is meant. */
const A_WEEK_MS = 6.5 * 24 * 3600 * 1000;

/** What an ack says that refuses. */
interface Refused {
  readonly code: string;
  readonly message: string;
  /** ISO 8601, where it is known. */
  readonly until?: string;
}

export class Speech {
  private readonly rendered: ((text: PlayerText) => void)[] = [];

  /** `locales`: the browser's, for how dates are written in a country of the chosen language. */
  constructor(
    private chosen: Language,
    private readonly locales: readonly string[] = [],
  ) {}

  get code(): Language {
    return this.chosen;
  }

  get text(): PlayerText {
    return TEXTS[this.chosen];
  }

  /** Runs now and after every change of language. For what lives as long as the page. */
  render(run: (text: PlayerText) => void): void {
    this.rendered.push(run);
    run(this.text);
  }

  choose(code: Language): void {
    this.chosen = code;
    for (const run of this.rendered) run(this.text);
  }

  /** Why something was refused: in the page's own words where it has some, else in the server's. */
  refusal({ code, message, until }: Refused): string {
    if (code === "rate-limited" && until !== undefined) return this.text.slowMode(this.secondOf(until));
    const words: Readonly<Record<string, string>> = this.text.refused;
    return (Object.hasOwn(words, code) ? words[code] : undefined) ?? (message || this.text.notSent);
  }

  /** To the second: slow mode counts in few of them. */
  private secondOf(iso: string): string {
    const locale = this.locales.find((each) => each.toLowerCase().startsWith(this.chosen)) ?? this.chosen;
    return new Date(iso).toLocaleTimeString(locale);
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
