/**
 * Paints what is costly a little at a time: a list that scrolls fast shows its faces a frame later instead of stopping.
 */

/** Of a frame's 16 ms, ms. */
const BUDGET_MS = 4;

export class PaintQueue {
  private readonly waiting = new Set<() => void>();
  private running = false;

  constructor(
    private readonly nextFrame: (run: () => void) => void,
    private readonly now: () => number,
  ) {}

  /** The answer calls it off. */
  add(paint: () => void): () => void {
    this.waiting.add(paint);
    if (!this.running) {
      this.running = true;
      this.nextFrame(() => this.work());
    }
    return () => this.waiting.delete(paint);
  }

  private work(): void {
    const end = this.now() + BUDGET_MS;
    for (const paint of this.waiting) {
      this.waiting.delete(paint);
      paint();
      if (this.now() >= end) break;
    }
    this.running = this.waiting.size > 0;
    if (this.running) this.nextFrame(() => this.work());
  }
}
