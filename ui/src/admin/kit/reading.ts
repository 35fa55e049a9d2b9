/** What became of asking REST, as pure steps: what was read stays, with a word on it, when reading it again fails. */
import { ApiProblem, sentenceOf } from "../api/client";

/** How fresh something is that is shown. */
export interface Freshness {
  /** When it was read, ISO 8601. */
  readonly readAt: string;
  /** Why it could not be read again; `null` when nothing is wrong. */
  readonly trouble: string | null;
}

export type Resource<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | ({ readonly kind: "ready"; readonly value: T } & Freshness);

export function fresh(now: number): Freshness {
  return { readAt: new Date(now).toISOString(), trouble: null };
}

/** These say that what is shown is no longer there, or no longer for this person: it goes. */
const GONE: ReadonlySet<number> = new Set([403, 404]);

/** Why what is shown is old from now on; `null` when it must not be shown any longer. */
export function troubleOf(error: unknown): string | null {
  return error instanceof ApiProblem && GONE.has(error.status) ? null : sentenceOf(error);
}

/** The step after a failure. */
export function notRead<T>(before: Resource<T>, error: unknown): Resource<T> {
  const trouble = troubleOf(error);
  if (before.kind === "ready" && trouble !== null) return { ...before, trouble };
  return { kind: "failed", message: sentenceOf(error) };
}
