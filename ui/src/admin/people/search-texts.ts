/** What of a session is searched, folded to plain lower-case letters, kept while it does not change. */
import type { AdminSession } from "../contract";

interface Kept {
  readonly source: Pick<AdminSession, "name" | "playerId" | "address"> & {
    readonly account: string | undefined;
  };
  readonly name: string;
  readonly all: string;
}

const MARKS = /\p{M}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of plain letters
const PLAIN = /^[\x00-\x7f]*$/;

/** "Séamus" is found by "seamus", "Straße" by "STRASSE": as the server folds, and without marks. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  // Upper case has what lower case keeps apart in one form.
  const folded = text.toUpperCase().toLowerCase().replaceAll("ς", "σ");
  return folded.normalize("NFD").replace(MARKS, "");
}

export class SearchTexts {
  private readonly kept = new Map<string, Kept>();

  name(session: AdminSession): string {
    return this.keptOf(session).name;
  }

  of(session: AdminSession): string {
    return this.keptOf(session).all;
  }

  /** Forgets who is gone. */
  sweep(sessions: ReadonlyMap<string, unknown>): void {
    if (this.kept.size < sessions.size * 2 + 100) return;
    for (const id of this.kept.keys()) if (!sessions.has(id)) this.kept.delete(id);
  }

  private keptOf(session: AdminSession): Kept {
    const known = this.kept.get(session.id);
    const { name, account, playerId, address } = session;
    if (
      known &&
      known.source.name === name &&
      known.source.account === account &&
      known.source.playerId === playerId &&
      known.source.address === address
    )
      return known;
    const fresh: Kept = {
      source: { name, account, playerId, address },
      name: fold(name ?? ""),
      all: fold(`${name ?? ""}\n${account ?? ""}\n${playerId ?? ""}\n${address}`),
    };
    this.kept.set(session.id, fresh);
    return fresh;
  }
}
