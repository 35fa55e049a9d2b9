/**
 * The language the page speaks: the visitor's choice, else the browser's, else English. Whatever was rendered through
 * `render` is rendered again when the language changes.
 */
import { byLanguage, HOURS, type Language, localeOf } from "../../languages";
import { player as english, type PlayerText } from "../../languages/en/player";

/** Words are fetched when they are wanted, but those of the language that others fall back to. */
const FILES = byLanguage(import.meta.glob<PlayerText>("../../languages/*/player.ts", { import: "player" }));

const texts: Partial<Record<Language, PlayerText>> = { en: english };

/** Fetches the words of a language. Without them, as when the server is away, the page goes on in the one it speaks. */
export async function fetchWords(code: Language): Promise<void> {
  const words = texts[code] ?? (await FILES[code]().catch(() => undefined));
  if (words) texts[code] = words;
}

/** The server writes these in English. */
const ENGLISH = english.sentence;
const SENTENCES = Object.keys(ENGLISH) as (keyof typeof ENGLISH)[];

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
    return texts[this.chosen] ?? english;
  }

  private get locale(): string {
    return localeOf(this.chosen, this.locales);
  }

  /** Runs now and after every change of language. For what lives as long as the page. */
  render(run: (text: PlayerText) => void): void {
    this.rendered.push(run);
    run(this.text);
  }

  /** At once where its words are there, else once they have come. */
  choose(code: Language): void {
    if (texts[code]) this.speak(code);
    else void fetchWords(code).then(() => texts[code] && this.speak(code));
  }

  private speak(code: Language): void {
    this.chosen = code;
    for (const run of this.rendered) run(this.text);
  }

  /** A corner of a map, in words; a word of a map that has no translation is shown as it is. */
  place(area: string | null): string {
    const words: Readonly<Record<string, string>> = this.text.place;
    if (area === null) return "";
    return (Object.hasOwn(words, area) ? words[area] : undefined) ?? area;
  }

  /** The time of a day, as it is written in this language. */
  time(ms: number): string {
    return new Intl.DateTimeFormat(this.locale, { ...HOURS, hour: "numeric", minute: "2-digit" }).format(ms);
  }

  /** A whole number as it is written in this language. */
  number(count: number): string {
    return new Intl.NumberFormat(this.chosen).format(count);
  }

  /**
   * Why something was refused: in the page's own words where it has some, else in the server's. A sentence tells more
   * than a code that many of them share.
   */
  refusal({ code, message, until }: Refused): string {
    if (code === "rate-limited" && until !== undefined) return this.text.slowMode(this.secondOf(until));
    const words: Readonly<Record<string, string>> = this.text.refused;
    const known = Object.hasOwn(words, code) ? words[code] : undefined;
    return this.sentence(message) ?? known ?? (message || this.text.notSent);
  }

  /** The first line of a new world: the server's own in this language, a host's as it is written. */
  greeting(content: string): string {
    return content === english.greeting ? this.text.greeting : content;
  }

  /** A sentence that the server wrote in English, in this language; `undefined` for one that is not known. */
  sentence(said: string): string | undefined {
    const [number = ""] = /\d+/.exec(said) ?? [];
    const written = number === "" ? said : said.replace(number, "#");
    for (const key of SENTENCES)
      if (ENGLISH[key] === written) return this.text.sentence[key].replace("#", number);
    return undefined;
  }

  /** To the second: slow mode counts in few of them. */
  private secondOf(iso: string): string {
    const toTheSecond = { ...HOURS, hour: "numeric", minute: "2-digit", second: "2-digit" } as const;
    return new Intl.DateTimeFormat(this.locale, toTheSecond).format(Date.parse(iso));
  }

  /**
   * A moment as people say it, with its preposition: the time today, the weekday within a week, else the date. What is
   * no moment is shown as it came.
   */
  until(iso: string, now: Date): string {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(this.locale, options).format(date);
    const time = this.time(date.getTime());
    if (date.toDateString() === now.toDateString()) return this.text.untilTime(time);
    const near = Math.abs(date.getTime() - now.getTime()) < A_WEEK_MS;
    const day = format(near ? { weekday: "long" } : { day: "numeric", month: "long", year: "numeric" });
    return this.text.untilDay(day, time);
  }
}
