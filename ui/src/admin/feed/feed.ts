/**
 * The live feed: keeps the socket, the status and the mirror, and calls listeners when one of them changed.
 *
 * Framework-free; React reads it through `use-feed.tsx`. Everything that touches the outside arrives in the constructor.
 */
import type { Scheduler } from "@comutiny/client";
import { waitBeforeAttempt } from "@comutiny/client";
import type { AdminChanges, AdminState, LogLevel, LogLine } from "../contract";
import type { FeedWire } from "./connection";
import { type FeedEvent, type Mirror, stepFeed } from "./mirror";
import { attemptOf, type FeedSignal, type FeedStatus, nextStatus } from "./status";

export interface FeedSnapshot {
  readonly status: FeedStatus;
  /** `null` until the first state; afterwards the last one known, also while the connection is away. */
  readonly mirror: Mirror | null;
}

export interface FeedOptions {
  readonly wire: FeedWire;
  readonly scheduler: Scheduler;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A batch of log lines; `skipped` were too many to send. */
export interface LogBatch {
  readonly lines: readonly LogLine[];
  readonly skipped: number;
}

/** Refusals after which trying again alone would not help. */
const FINAL_CODES: ReadonlySet<string> = new Set(["unauthorized", "forbidden", "unknown-host"]);

export class Feed {
  private snapshot: FeedSnapshot = { status: { kind: "connecting" }, mirror: null };
  private readonly listeners = new Set<() => void>();
  private readonly logListeners = new Set<(batch: LogBatch) => void>();
  private cancelRetry: () => void = () => {};
  private resyncing = false;
  private logLevel: LogLevel | null = null;

  constructor(private readonly options: FeedOptions) {
    const { wire } = options;
    wire.on("admin:state", (payload) => this.receive({ type: "state", state: payload as AdminState }));
    wire.on("admin:changes", (payload) =>
      this.receive({ type: "changes", changes: payload as AdminChanges }),
    );
    wire.on("admin:logs", (payload) => this.tellLogs(payload as LogBatch));
    wire.on("admin:ended", (payload) => {
      const { code, message } = payload as { readonly code: string; readonly message: string };
      // A server that stops comes back; who was signed out does not, by waiting.
      if (code !== "shutdown") this.signal({ type: "ended", code, message });
    });
    wire.on("disconnect", () => this.lose(null));
    wire.onRefused((message, code) => {
      if (code !== null && FINAL_CODES.has(code)) this.signal({ type: "ended", code, message });
      else this.lose(code);
    });
  }

  readonly state = (): FeedSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.options.wire.connect();
  }

  stop(): void {
    this.cancelRetry();
    this.listeners.clear();
    this.options.wire.disconnect();
  }

  /** Does not wait for the next attempt. */
  retryNow(): void {
    if (this.snapshot.status.kind !== "lost" || this.snapshot.status.retryAt === null) return;
    this.cancelRetry();
    this.signal({ type: "trying" });
    this.options.wire.connect();
  }

  /** Asks for log lines of this level and above, also after a reconnect. The answer ends that. */
  followLogs(level: LogLevel, listener: (batch: LogBatch) => void): () => void {
    this.logListeners.add(listener);
    this.askLogs(level);
    return () => {
      this.logListeners.delete(listener);
      if (this.logListeners.size === 0) this.askLogs(null);
    };
  }

  private askLogs(level: LogLevel | null): void {
    this.logLevel = level;
    if (this.snapshot.status.kind === "live") this.options.wire.logs(level);
  }

  private tellLogs(batch: LogBatch): void {
    for (const listener of this.logListeners) listener(batch);
  }

  private receive(event: FeedEvent): void {
    if (event.type === "state") {
      this.resyncing = false;
      if (this.logLevel !== null && this.snapshot.status.kind !== "live")
        this.options.wire.logs(this.logLevel);
    }
    const { mirror, gap } = stepFeed(this.snapshot.mirror, event);
    if (gap && !this.resyncing) {
      this.resyncing = true;
      this.options.wire.resync();
    }
    const status =
      event.type === "state" ? nextStatus(this.snapshot.status, { type: "live" }) : this.snapshot.status;
    this.become({ status, mirror });
  }

  private lose(refusal: string | null): void {
    this.resyncing = false;
    const { status } = this.snapshot;
    if (status.kind === "ended") return;
    this.cancelRetry();
    const { scheduler, random, wire } = this.options;
    const wait = waitBeforeAttempt(attemptOf(status) + 1, random());
    this.signal({ type: "lost", retryAt: scheduler.now() + wait, refusal });
    this.cancelRetry = scheduler.after(wait, () => {
      this.signal({ type: "trying" });
      wire.connect();
    });
  }

  private signal(signal: FeedSignal): void {
    this.become({ ...this.snapshot, status: nextStatus(this.snapshot.status, signal) });
  }

  private become(snapshot: FeedSnapshot): void {
    if (snapshot.status === this.snapshot.status && snapshot.mirror === this.snapshot.mirror) return;
    this.snapshot = snapshot;
    for (const listener of this.listeners) listener();
  }
}
