import type { Reader } from "./reader.js";

/** A text that holds one JSON object, as `JSON.parse` gives it. */
export function readMetadata(reader: Reader): Record<string, unknown> {
  const text = reader.text();
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Answered below, like JSON that is no object.
  }
  reader.fail("bad-metadata");
  return {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
