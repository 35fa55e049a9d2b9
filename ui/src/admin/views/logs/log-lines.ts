/** The lines the view holds: the newest, so many and no more, each once, in order. Pure. */
import type { LogLevel, LogLine } from "../../contract";

export const KEPT_LINES = 2000;
export const LEVELS: readonly LogLevel[] = ["error", "warn", "info", "debug", "trace"];

/** `fresh` may overlap what is there: a line's number shows it. */
export function withLines(before: readonly LogLine[], fresh: readonly LogLine[]): readonly LogLine[] {
  const last = before.at(-1)?.seq ?? -1;
  const newer = fresh.filter((line) => line.seq > last);
  return newer.length === 0 ? before : [...before, ...newer].slice(-KEPT_LINES);
}

/** Lines of this level and graver ones that hold all the words. */
export function matching(lines: readonly LogLine[], level: LogLevel, text: string): readonly LogLine[] {
  const grave = LEVELS.indexOf(level);
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return lines.filter((line) => {
    if (LEVELS.indexOf(line.level) > grave) return false;
    if (words.length === 0) return true;
    const all = `${line.target} ${line.message} ${fieldsText(line)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

export function fieldsText({ fields }: Pick<LogLine, "fields">): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
