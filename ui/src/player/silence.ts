/**
 * Whether a moderator has muted this visitor, and until when. It ends by itself when its time is over.
 *
 * It keeps time and draws nothing. The server decides in any case: what this gets wrong costs a refused line.
 */
import type { Scheduler } from "@comutiny/client";

export interface Silenced {
  /** ISO 8601; absent when only a moderator ends it. */
  readonly until?: string;
}

/** Longest time a browser's timers can wait, ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Silence {
  private silenced: Silenced | null = null;
  private callOff: (() => void) | null = null;

  constructor(
    private readonly scheduler: Scheduler,
    /** The wall clock, ms since 1970: what `until` is written in. */
    private readonly wallClock: () => number,
    private readonly onChange: (silenced: Silenced | null) => void,
  ) {}

  get current(): Silenced | null {
    return this.silenced;
  }

  begin(silenced: Silenced): void {
    const left = silenced.until === undefined ? Number.NaN : Date.parse(silenced.until) - this.wallClock();
    if (left <= 0) {
      this.end();
      return;
    }
    this.callOff?.();
    this.callOff = left <= LONGEST_TIMER_MS ? this.scheduler.after(left, () => this.end()) : null;
    this.silenced = silenced;
    this.onChange(silenced);
  }

  end(): void {
    this.callOff?.();
    this.callOff = null;
    if (this.silenced === null) return;
    this.silenced = null;
    this.onChange(null);
  }
}
