/**
 * What a session is handed: its edges to the world outside, and who listens to it.
 */
import type { JoinAccepted, JoinRequest, Refusal } from "../contract/index.js";
import type { WorldEvent } from "./feed.js";
import type { SessionState } from "./session-state.js";
import type { Scheduler } from "./update-throttle.js";
import type { Wire } from "./wire.js";
import type { WorldMirror } from "./world-context.js";

export interface SessionListener {
  onState(state: SessionState): void;
  onWorld(mirror: WorldMirror, event: WorldEvent): void;
  /** A join was answered: the visitor's own, or the one that follows a reconnect. */
  onJoin(answer: JoinAccepted | Refusal): void;
  /** The server speaks a newer protocol than this client and serves it as before. Said once. */
  onNewerProtocol?(protocol: number): void;
}

export interface SessionParts {
  readonly wire: Wire;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** Who joins and as what: asked anew at every join, so a rejoin carries the newest position and look. */
  readonly profile: () => JoinRequest;
  /** Another visitor walks under this guest's id: the next `profile` must name another one. `false`: it cannot. */
  readonly renewPlayerId: () => boolean;
  readonly keepGuestToken: (token: string) => void;
  readonly listener: SessionListener;
}
