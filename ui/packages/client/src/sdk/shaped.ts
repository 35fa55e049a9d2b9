/**
 * Readers for payloads of which the contract says all there is to know: words, numbers and flags by name.
 *
 * A payload that lacks something, or has it in another form, is none; what is only optional is then left out.
 */

import { type ServerEvents, SHAPES } from "../contract/generated/contract.js";
import type { Frozen } from "../contract/index.js";
import { fieldsOf, own } from "./fields.js";

type Kind = "string" | "number" | "boolean" | readonly string[];

/** An event whose payload can be read by its declaration alone. */
export type ShapedEvent = keyof typeof SHAPES;

export function shaped<Name extends ShapedEvent>(
  event: Name,
): (payload: unknown) => Frozen<ServerEvents[Name]> | undefined {
  const shape: [string, Kind][] = Object.entries(SHAPES[event]);
  return (payload) => {
    const fields = fieldsOf(payload);
    if (!fields) return undefined;
    const read: [string, unknown][] = [];
    for (const [key, kind] of shape) {
      const name = key.replace("?", "");
      const value = own(fields, name);
      if (fits(value, kind) && !(name === "id" && value === "")) read.push([name, value]);
      else if (name === key) return undefined;
    }
    return Object.fromEntries(read) as Frozen<ServerEvents[Name]>;
  };
}

function fits(value: unknown, kind: Kind): boolean {
  if (typeof kind !== "string") return typeof value === "string" && kind.includes(value);
  return typeof value === kind && (kind !== "number" || Number.isFinite(value));
}
