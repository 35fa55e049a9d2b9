/**
 * A name for somebody who has none yet: two friendly words of the page's language. Pure; chance is handed in.
 */
import type { PlayerText } from "../../languages/en/player";

/** So often it is tried to find one that nobody has, before a number makes it one. */
const TRIES = 40;

/** `random` lies in [0, 1). Free of the names in `taken`, however they are written. */
export function friendlyName(
  { first, second }: PlayerText["nameWords"],
  random: () => number,
  taken: Iterable<string>,
): string {
  const held = new Set(Array.from(taken, folded));
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  let name = "";
  for (let i = 0; i < TRIES; i++) {
    name = `${pick(first)} ${pick(second)}`;
    if (!held.has(folded(name))) return name;
  }
  let number = 2;
  while (held.has(folded(`${name} ${number}`))) number += 1;
  return `${name} ${number}`;
}

/** Whether somebody is called like this already. */
export function isTaken(name: string, taken: Iterable<string>): boolean {
  const wanted = folded(name);
  for (const other of taken) if (folded(other) === wanted) return true;
  return false;
}

const folded = (name: string) => name.normalize("NFKC").trim().toLowerCase();
