/**
 * What people look like whom a list names, also those who left: asked for in one go, and kept for a while.
 *
 * Lists know somebody by an account or by a guest's digest. Neither is what a face is drawn from, so the server is
 * asked for the player they are, or were when they were last seen.
 */
import type { Face, PersonRef } from "../contract";

/** Most people in one question, from the contract. */
const MOST_AT_ONCE = 100;
/** Faces kept. */
const KEPT = 2000;
/** After this a face is asked for again when somebody shows it, ms: people change their clothes. */
const FRESH_MS = 60_000;

interface Known {
  /** `null`: nobody knows what they look like. */
  readonly face: Face | null;
  readonly at: number;
}

export interface FacesParts {
  readonly ask: (people: readonly PersonRef[]) => Promise<readonly Face[]>;
  /** Runs soon, so that a whole list is one question. */
  readonly soon: (run: () => void) => void;
  /** Ms. */
  readonly now: () => number;
}

const keyOf = ({ kind, subject }: PersonRef): string => `${kind} ${subject}`;

export class Faces {
  private readonly known = new Map<string, Known>();
  private readonly wanted = new Map<string, PersonRef>();
  private readonly listeners = new Set<() => void>();
  private asking = false;

  constructor(private readonly parts: FacesParts) {}

  /** `undefined` until it is known, `null` where nobody knows it. */
  of(person: PersonRef): Face | null | undefined {
    return this.known.get(keyOf(person))?.face;
  }

  /** Somebody shows this face. */
  want(person: PersonRef): void {
    const key = keyOf(person);
    const known = this.known.get(key);
    if (known && this.parts.now() - known.at < FRESH_MS) return;
    this.wanted.set(key, person);
    this.askSoon();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private askSoon(): void {
    if (this.asking || this.wanted.size === 0) return;
    this.asking = true;
    this.parts.soon(() => void this.ask());
  }

  private async ask(): Promise<void> {
    const batch = [...this.wanted.entries()].slice(0, MOST_AT_ONCE);
    for (const [key] of batch) this.wanted.delete(key);
    // A face that could not be asked for is asked for when it is shown again.
    const faces = await this.parts.ask(batch.map(([, person]) => person)).catch(() => null);
    if (faces) this.learn(batch, new Map(faces.map((face) => [keyOf(face), face])));
    this.asking = false;
    this.askSoon();
  }

  private learn(batch: readonly (readonly [string, PersonRef])[], found: ReadonlyMap<string, Face>): void {
    const at = this.parts.now();
    for (const [key] of batch) {
      this.known.delete(key);
      this.known.set(key, { face: found.get(key) ?? null, at });
    }
    for (const key of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(key);
    }
    for (const listener of this.listeners) listener();
  }
}
