/**
 * How long to wait before the next attempt to come back. Pure; randomness is handed in.
 */

/** First wait, ms; doubles with every attempt. */
const FIRST_WAIT_MS = 1000;
/** Longest wait, ms: a world that came back is found within this. */
const LONGEST_WAIT_MS = 15_000;
/** Share of the wait that is random, so that a crowd does not return in one breath. */
const JITTER = 0.5;

/** `attempt` counts from 1, `random` lies in [0, 1). */
export function waitBeforeAttempt(attempt: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.round(full * (1 - JITTER + JITTER * random));
}
