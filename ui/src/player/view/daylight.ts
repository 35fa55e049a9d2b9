/**
 * Which light the picture is in, and how far it is on its way to another one. Pure: time arrives as an argument.
 *
 * A change begins when the picture in the new light is complete, so nobody sees it being painted.
 */
import type { Mood } from "@comutiny/client/contract";

/** How long one light takes to become another, ms. */
export const TURN_MS = 2400;

/** How much lamps, windows and people shine. */
const SHINE: Readonly<Record<Mood, number>> = { day: 0, dusk: 0.6, night: 1 };

export interface Coming {
  readonly mood: Mood;
  /** Since when it is painted, ms; `null` while it is not. */
  readonly since: number | null;
}

export class Daylight {
  private shown: Mood = "day";
  private next: Coming | null = null;

  get mood(): Mood {
    return this.shown;
  }

  /** The light that is on its way. */
  get coming(): Mood | null {
    return this.next?.mood ?? null;
  }

  /** What the world is in from now on; `softly` or at once. */
  wish(mood: Mood, softly: boolean): void {
    if (!softly) {
      this.shown = mood;
      this.next = null;
    } else if (mood === this.shown) this.next = null;
    else if (mood !== this.next?.mood) this.next = { mood, since: null };
  }

  /** How much of the coming light is there, 0 to 1; `painted`: whether its picture is complete. */
  share(now: number, painted: boolean): number {
    if (!this.next) return 0;
    if (this.next.since === null) {
      if (painted) this.next = { ...this.next, since: now };
      return 0;
    }
    const gone = Math.min(1, Math.max(0, (now - this.next.since) / TURN_MS));
    return gone * gone * (3 - 2 * gone);
  }

  /** The coming light is the light now. */
  arrive(): void {
    if (this.next) this.shown = this.next.mood;
    this.next = null;
  }

  /** How much shines, 0 to 1. */
  shine(share: number): number {
    const from = SHINE[this.shown];
    return this.next ? from + (SHINE[this.next.mood] - from) * share : from;
  }
}
