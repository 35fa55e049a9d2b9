/**
 * How many open reports there are about whom: what a moderator sees in the list of who is here.
 *
 * It asks again and again, as the page has no feed of the administration.
 */
import type { Moderation } from "./moderation";

/** How often it asks, ms. */
const EVERY_MS = 15_000;

export interface OpenReportsParts {
  readonly moderation: Pick<Moderation, "openReports">;
  readonly after: (ms: number, run: () => void) => void;
  /** By player. */
  readonly onKnown: (counts: ReadonlyMap<string, number>) => void;
}

export class OpenReports {
  private stopped = false;

  constructor(private readonly parts: OpenReportsParts) {
    void this.look();
  }

  /** Who is no moderator any more sees none. */
  stop(): void {
    this.stopped = true;
    this.parts.onKnown(new Map());
  }

  private async look(): Promise<void> {
    const { moderation, after, onKnown } = this.parts;
    const answer = await moderation.openReports();
    if (this.stopped) return;
    if (answer.ok) {
      const counts = new Map<string, number>();
      for (const { target } of answer.value)
        counts.set(target.playerId, (counts.get(target.playerId) ?? 0) + 1);
      onKnown(counts);
    }
    after(EVERY_MS, () => {
      if (!this.stopped) void this.look();
    });
  }
}
