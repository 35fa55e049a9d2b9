/**
 * The waits between attempts to come back: longer after every failure, called off when they are no longer wanted.
 *
 * It counts and waits; what an attempt is, is the session's business.
 */
import { waitBeforeAttempt } from "./backoff.js";
import type { Scheduler } from "./update-throttle.js";

export interface RetryWait {
  /** Counts from 1. */
  readonly attempt: number;
  /** In the scheduler's ms. */
  readonly retryAt: number;
}

export class Reconnector {
  private attempt = 0;
  private callOffTimer: (() => void) | null = null;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly random: () => number,
    private readonly onAttempt: () => void,
  ) {}

  get isWaiting(): boolean {
    return this.callOffTimer !== null;
  }

  /** The next attempt, and when it comes. */
  wait(): RetryWait {
    this.callOff();
    this.attempt += 1;
    const ms = waitBeforeAttempt(this.attempt, this.random());
    this.callOffTimer = this.scheduler.after(ms, () => this.go());
    return { attempt: this.attempt, retryAt: this.scheduler.now() + ms };
  }

  /** Does not wait any longer. Nothing happens when nobody waits. */
  now(): void {
    if (this.isWaiting) this.go();
  }

  callOff(): void {
    this.callOffTimer?.();
    this.callOffTimer = null;
  }

  /** Back in: the next loss is waited for as briefly as the first. */
  succeeded(): void {
    this.attempt = 0;
  }

  private go(): void {
    this.callOff();
    this.onAttempt();
  }
}
