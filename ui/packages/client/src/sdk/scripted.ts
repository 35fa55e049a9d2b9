/**
 * Test doubles of the SDK's edges: a clock that moves when asked, and a socket that delivers what the script holds.
 *
 * Imported by tests only.
 */
import type { JoinAccepted, Refusal } from "../contract/index.js";
import type { WorldEvent } from "./feed.js";
import { Session } from "./session.js";
import type { SessionState } from "./session-state.js";
import type { Scheduler } from "./update-throttle.js";
import type { Wire } from "./wire.js";

export class ScriptedClock implements Scheduler {
  private time = 0;
  private timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets promises settle between timers, as real time would. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.run();
      await settle();
    }
    this.time = end;
  }
}

/** Runs every promise callback that is due. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}

export interface EmittedEvent {
  readonly event: string;
  readonly payload: unknown;
  readonly ack: (answer: unknown) => void;
}

export class ScriptedWire implements Wire {
  readonly sent: EmittedEvent[] = [];
  connects = 0;
  private readonly listeners = new Map<string, (...args: readonly unknown[]) => void>();

  connect(): void {
    this.connects += 1;
  }

  disconnect(): void {
    this.deliver("disconnect", "io client disconnect");
  }

  on(event: string, listener: (...args: readonly unknown[]) => void): void {
    this.listeners.set(event, listener);
  }

  emit(event: string, ...args: readonly unknown[]): void {
    const ack = args.at(-1) as (answer: unknown) => void;
    this.sent.push({ event, payload: args.length > 1 ? args[0] : undefined, ack });
  }

  /** The server's side: something arrives. */
  deliver(event: string, payload?: unknown): void {
    this.listeners.get(event)?.(payload);
  }

  /** The newest question of that kind. */
  asked(event: string): EmittedEvent {
    const found = this.sent.filter((sent) => sent.event === event).at(-1);
    if (!found) throw new Error(`nobody asked ${event}`);
    return found;
  }

  count(event: string): number {
    return this.sent.filter((sent) => sent.event === event).length;
  }
}

export const SNAPSHOT = { world: { id: "w", name: "The Quay" }, players: [], chat: [], spriteAtlas: {} };
export const JOINED = { ok: true, state: SNAPSHOT, player: { id: "me", name: "Me" }, guestToken: "secret" };

/** A session on a scripted wire and clock, and everything it sent. */
export function visit() {
  const wire = new ScriptedWire();
  const clock = new ScriptedClock();
  const states: SessionState[] = [];
  const events: WorldEvent["type"][] = [];
  const tokens: string[] = [];
  const newer: number[] = [];
  const joins: (JoinAccepted | Refusal)[] = [];
  let playerId = "me";
  const session = new Session({
    wire,
    scheduler: clock,
    random: () => 1,
    profile: () => ({ playerId, name: "Me" }),
    renewPlayerId: () => {
      playerId = "me-again";
      return true;
    },
    keepGuestToken: (token) => tokens.push(token),
    listener: {
      onState: (state) => states.push(state),
      onWorld: (_, event) => events.push(event.type),
      onJoin: (answer) => joins.push(answer),
      onNewerProtocol: (protocol) => newer.push(protocol),
    },
  });
  session.start();
  const enter = async () => {
    wire.deliver("connect");
    session.join();
    wire.asked("player:join").ack(JOINED);
    await settle();
  };
  return { wire, clock, states, events, tokens, joins, newer, session, enter };
}
