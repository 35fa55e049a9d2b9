/**
 * What of this player is still to be sent: the newest state, at most 20 times a second, the last one always.
 *
 * Holds no socket; it is handed a way to send and a scheduler, so tests run without waiting. Changes pile up into one
 * pending update by the contract's own merge rules, so an older state can never follow a newer one.
 */
import type { UpdateRequest } from "../contract/index.js";
import { mergeMetadata } from "./world-context.js";

/** Shortest time between two updates, ms: 20 a second, well under the server's limit of 100. */
export const UPDATE_INTERVAL_MS = 50;
/** How long to wait after the server refused an update for its rate before sending the newest again. */
const AFTER_REFUSAL_MS = 1000;

export interface Scheduler {
  /** Monotonic, ms. */
  now(): number;
  /** Returns a way to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** Answers whether the server took it; `false` keeps the state pending. */
export type SendUpdate = (update: UpdateRequest) => Promise<"taken" | "again" | "refused">;

export class UpdateThrottle {
  private pending: UpdateRequest | null = null;
  private notBefore = 0;
  private callOff: (() => void) | null = null;

  constructor(
    private readonly send: SendUpdate,
    private readonly scheduler: Scheduler,
  ) {}

  push(change: UpdateRequest): void {
    this.pending = this.pending ? mergeUpdate(this.pending, change) : change;
    this.arm();
  }

  /** Forgets what is pending; the join after a reconnect carries the whole state anyway. */
  clear(): void {
    this.pending = null;
    this.callOff?.();
    this.callOff = null;
  }

  private arm(): void {
    if (!this.pending || this.callOff) return;
    const wait = Math.max(0, this.notBefore - this.scheduler.now());
    if (wait === 0) {
      this.flush();
      return;
    }
    this.callOff = this.scheduler.after(wait, () => {
      this.callOff = null;
      this.flush();
    });
  }

  private flush(): void {
    const update = this.pending;
    if (!update) return;
    this.pending = null;
    this.notBefore = this.scheduler.now() + UPDATE_INTERVAL_MS;
    void this.send(update).then((outcome) => {
      if (outcome !== "again") return;
      this.pending = this.pending ? mergeUpdate(update, this.pending) : update;
      this.notBefore = this.scheduler.now() + AFTER_REFUSAL_MS;
      this.arm();
    });
  }
}

export function mergeUpdate(before: UpdateRequest, change: UpdateRequest): UpdateRequest {
  const metadata =
    before.metadata && change.metadata
      ? mergeMetadata(before.metadata, change.metadata)
      : (change.metadata ?? before.metadata);
  return { ...before, ...change, ...(metadata && { metadata }) };
}
