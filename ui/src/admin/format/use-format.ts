/** Formatting in the language of the page, and a clock that ticks for what shows an age. */
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "../../languages";
import { type Format, formatFor } from "./format";

export function useFormat(): Format {
  return formatFor(localeOf(useTranslation().i18n.language, navigator.languages));
}

/** One timer for all who look; it rests while the page is hidden. */
class Ticker {
  private now = Date.now();
  private timer: number | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly everyMs: number) {}

  readonly read = (): number => this.now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.timer === undefined) {
      this.now = Date.now();
      this.timer = window.setInterval(() => this.tick(), this.everyMs);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      window.clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tick(): void {
    if (document.hidden) return;
    this.now = Date.now();
    for (const listener of this.listeners) listener();
  }
}

const seconds = new Ticker(1000);
const coarse = new Ticker(15_000);

/** The page's clock, ms; moves once a second. */
export function useSecond(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.read);
}

/** The page's clock, ms; moves four times a minute, for long lists. */
export function useQuarterMinute(): number {
  return useSyncExternalStore(coarse.subscribe, coarse.read);
}
