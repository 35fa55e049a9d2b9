/** Who says most, read from the newest lines. Pure. */
import type { ArchivedMessage, PersonRef } from "../../contract";

/** Lines within this time count, ms. */
export const SPEAKING_MS = 15 * 60_000;
/** Named in the list. */
const NAMED = 5;

export interface Speaker {
  readonly playerId: string;
  readonly name: string;
  readonly person: PersonRef | null;
  readonly lines: number;
}

export interface Speakers {
  /** The busiest first. */
  readonly top: readonly Speaker[];
  /** Everybody who said something. */
  readonly people: number;
  /** Of all lines, what part those at the top said; 0 to 100. */
  readonly percent: number;
}

/** `now`: the clock of the page, ms. */
export function speakersOf(chat: readonly ArchivedMessage[], now: number): Speakers {
  const all = new Map<string, Speaker>();
  let lines = 0;
  for (const { playerId, author, person, timestamp } of chat) {
    if (person === null || now - Date.parse(timestamp) > SPEAKING_MS) continue;
    lines += 1;
    const known = all.get(playerId)?.lines ?? 0;
    all.set(playerId, { playerId, name: author, person, lines: known + 1 });
  }
  const top = [...all.values()].sort((a, b) => b.lines - a.lines).slice(0, NAMED);
  const said = top.reduce((sum, speaker) => sum + speaker.lines, 0);
  return { top, people: all.size, percent: lines === 0 ? 0 : Math.round((100 * said) / lines) };
}
