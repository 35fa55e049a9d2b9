/**
 * Every question gets an answer: the server's ack, or `undefined` when the connection went away or stayed silent.
 */
import type { Scheduler } from "./update-throttle.js";

/** Longest wait for an ack, ms; above the server's own limits (1 s for a store, 10 s for a stalled socket). */
const ACK_TIMEOUT_MS = 10_000;

export class Acks {
  private readonly waiting = new Set<(answer: unknown) => void>();

  constructor(private readonly scheduler: Scheduler) {}

  ask(emit: (ack: (answer: unknown) => void) => void, patienceMs = ACK_TIMEOUT_MS): Promise<unknown> {
    return new Promise((resolve) => {
      const settle = (answer: unknown) => {
        if (!this.waiting.delete(settle)) return;
        callOff();
        resolve(answer);
      };
      const callOff = this.scheduler.after(patienceMs, () => settle(undefined));
      this.waiting.add(settle);
      emit(settle);
    });
  }

  /** The connection is gone, and with it every answer still on its way. */
  abandon(): void {
    for (const settle of [...this.waiting]) settle(undefined);
  }
}
