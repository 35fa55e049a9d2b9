/**
 * Numbers, times and spans as people read them, in the chosen language. Pure; "now" is handed in.
 */

import { HOURS } from "../../languages";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A joiner that keeps number and unit on one line. */
const NBSP = "\u00a0";

export interface Format {
  readonly locale: string;
  /** Whole numbers with their groups: 31,420. */
  count(value: number): string;
  /** At most one digit after the point below 100, none above. */
  measure(value: number): string;
  /** Three digits that matter: 0.294, 12.3. */
  fine(value: number): string;
  /** Short for axes: 40k. */
  short(value: number): string;
  /** In whole percent, its sign where the language puts it: 12%. */
  percent(value: number): string;
  /** In percent with three digits that matter: 99.8%. */
  finePercent(value: number): string;
  /** A share that something grew or shrank by: +4.2%. */
  change(share: number): string;
  bytes(value: number): string;
  /** The two largest units: 2 h 14 min. */
  span(ms: number): string;
  /** How long ago, in one unit: 12 s, 3 min, 2 h, 4 d. */
  ago(iso: string, now: number): string;
  /** 14:05 */
  clock(iso: string): string;
  /** 14:05:12 */
  exactClock(iso: string): string;
  /** The clock today, weekday and clock this week, the date otherwise. */
  moment(iso: string, now: number): string;
  /** The date alone. */
  day(iso: string): string;
  /** The weekday and the date: Sunday 29 November. */
  longDay(iso: string): string;
  /** Everything, for tooltips and exports. */
  full(iso: string): string;
}

const made = new Map<string, Format>();

/** One per language; making the formatters is the slow part. */
export function formatFor(locale: string): Format {
  let format = made.get(locale);
  if (!format) {
    format = makeFormat(locale);
    made.set(locale, format);
  }
  return format;
}

function makeFormat(locale: string): Format {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const upToOne = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const fine = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const finePercent = { style: "percent", maximumSignificantDigits: 3 } as const;
  const share = new Intl.NumberFormat(locale, finePercent);
  const change = new Intl.NumberFormat(locale, { ...finePercent, signDisplay: "exceptZero" });
  const time = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...HOURS, ...options });
  const hourAndMinute = { hour: "2-digit", minute: "2-digit" } as const;
  const clock = time(hourAndMinute);
  const exact = time({ ...hourAndMinute, second: "2-digit" });
  const weekday = time({ weekday: "long", ...hourAndMinute });
  const date = time({ day: "numeric", month: "short", ...hourAndMinute });
  const dated = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
  const long = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const full = time({ dateStyle: "full", timeStyle: "medium" });
  const on = (format: Intl.DateTimeFormat, iso: string) => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? iso : format.format(at);
  };
  return {
    locale,
    count: (value) => count.format(value),
    measure: (value) => (Math.abs(value) < 100 ? one : count).format(value),
    fine: (value) => fine.format(value),
    short: (value) => {
      if (Math.abs(value) >= 1_000_000) return `${upToOne.format(value / 1_000_000)}M`;
      return Math.abs(value) >= 1000 ? `${upToOne.format(value / 1000)}k` : upToOne.format(value);
    },
    percent: (value) => percent.format(value / 100),
    finePercent: (value) => share.format(value / 100),
    change: (value) => change.format(value),
    bytes: (value) => bytes(value, upToOne, count),
    span: (ms) => span(ms),
    ago: (iso, now) => oneUnit(Math.max(0, now - Date.parse(iso))),
    clock: (iso) => on(clock, iso),
    exactClock: (iso) => on(exact, iso),
    moment: (iso, now) => {
      const distance = Math.abs(Date.parse(iso) - now);
      if (sameDay(iso, now)) return on(clock, iso);
      if (distance < 6 * DAY) return on(weekday, iso);
      return on(distance < 180 * DAY ? date : dated, iso);
    },
    day: (iso) => on(dated, iso),
    longDay: (iso) => on(long, iso),
    full: (iso) => on(full, iso),
  };
}

const SIZES = ["B", "kB", "MB", "GB", "TB"] as const;

function bytes(value: number, fine: Intl.NumberFormat, coarse: Intl.NumberFormat): string {
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** step;
  return `${(scaled < 10 && step > 0 ? fine : coarse).format(scaled)}${NBSP}${SIZES[step]}`;
}

function span(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND)) * SECOND;
  if (whole < MINUTE) return `${whole / SECOND}${NBSP}s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}${NBSP}min`;
  const two = (large: number, unit: string, small: number, part: string) => {
    const rest = Math.floor((whole % large) / small);
    return `${Math.floor(whole / large)}${NBSP}${unit}${rest > 0 ? ` ${rest}${NBSP}${part}` : ""}`;
  };
  return whole < DAY ? two(HOUR, "h", MINUTE, "min") : two(DAY, "d", HOUR, "h");
}

function oneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}${NBSP}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}${NBSP}min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}${NBSP}h`;
  return `${Math.floor(ms / DAY)}${NBSP}d`;
}

function sameDay(iso: string, now: number): boolean {
  return new Date(iso).toDateString() === new Date(now).toDateString();
}
