/**
 * Looks into a value of which nothing is known yet, key by key. None of these throws, whatever it is handed.
 */

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Reads an own key only: `constructor` and its friends are never inherited into data. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export function text(fields: Fields, key: string): string | undefined {
  const value = own(fields, key);
  return typeof value === "string" ? value : undefined;
}

export function finite(fields: Fields, key: string): number | undefined {
  const value = own(fields, key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The readable items of a list; a broken one costs itself, not its neighbours. */
export function list<T>(value: unknown, parse: (item: unknown) => T | undefined): T[] {
  if (!Array.isArray(value)) return [];
  const items: T[] = [];
  for (const item of value) {
    const parsed = parse(item);
    if (parsed !== undefined) items.push(parsed);
  }
  return items;
}
