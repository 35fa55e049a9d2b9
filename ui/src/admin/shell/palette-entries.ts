/** What the command palette offers for some words. Pure. */
import type { AdminSession } from "../contract";
import { fold } from "../people/search-texts";

export type PaletteEntry =
  | { readonly kind: "view" | "action"; readonly id: string; readonly name: string }
  | { readonly kind: "player"; readonly id: string; readonly name: string; readonly session: AdminSession };

const MOST_PLAYERS = 8;

/** Views and actions whose name holds the words, then players, those first whose name begins with them. */
export function entriesFor(
  text: string,
  fixed: readonly PaletteEntry[],
  sessions: Iterable<AdminSession>,
): readonly PaletteEntry[] {
  const words = fold(text.trim());
  const offered = fixed.filter((entry) => fold(entry.name).includes(words));
  if (words === "") return offered;
  const begins: PaletteEntry[] = [];
  const holds: PaletteEntry[] = [];
  for (const session of sessions) {
    const name = session.name ?? session.playerId;
    if (name === null) continue;
    const folded = fold(name);
    const entry: PaletteEntry = { kind: "player", id: session.id, name, session };
    if (folded.startsWith(words)) begins.push(entry);
    else if (folded.includes(words) || session.address.startsWith(words)) holds.push(entry);
    if (begins.length >= MOST_PLAYERS) break;
  }
  return [...offered, ...[...begins, ...holds].slice(0, MOST_PLAYERS)];
}
