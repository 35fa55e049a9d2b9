/**
 * The states of a session and the only ways between them, as a pure function.
 *
 * `terminated` is final: the disconnect that follows an eviction cannot overwrite it. Only `resumed`, a decision of
 * the visitor, leads out of it.
 */
import type { SessionTerminated } from "../contract/index.js";

export type Presence = "watching" | "joining" | "joined";

export type SessionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live"; readonly presence: Presence }
  /** `retryAt` in the scheduler's ms; `null` while an attempt is under way. */
  | { readonly kind: "reconnecting"; readonly attempt: number; readonly retryAt: number | null }
  | ({ readonly kind: "terminated" } & SessionTerminated);

export type SessionSignal =
  | { readonly type: "connected" }
  | { readonly type: "presence"; readonly presence: Presence }
  | { readonly type: "lost"; readonly attempt: number; readonly retryAt: number }
  | { readonly type: "trying" }
  | { readonly type: "terminated"; readonly ended: SessionTerminated }
  | { readonly type: "resumed" };

export function nextState(state: SessionState, signal: SessionSignal): SessionState {
  if (state.kind === "terminated") return signal.type === "resumed" ? { kind: "connecting" } : state;
  switch (signal.type) {
    case "connected":
      return { kind: "live", presence: "watching" };
    case "presence":
      return state.kind === "live" ? { kind: "live", presence: signal.presence } : state;
    case "lost":
      return { kind: "reconnecting", attempt: signal.attempt, retryAt: signal.retryAt };
    case "trying":
      return state.kind === "reconnecting" ? { ...state, retryAt: null } : state;
    case "terminated":
      return { kind: "terminated", ...signal.ended };
    case "resumed":
      return state;
  }
}
