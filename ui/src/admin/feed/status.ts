/**
 * The states of the live connection and the ways between them, as a pure function. Times are the page's clock, ms.
 */
export type FeedStatus =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /**
   * `retryAt`: when the next attempt begins, `null` while one is under way. `refusal`: the server's code where it is
   * there and did not let the page in.
   */
  | {
      readonly kind: "lost";
      readonly attempt: number;
      readonly retryAt: number | null;
      readonly refusal: string | null;
    }
  /** The server ended it with a reason; only signing in again leads on. */
  | { readonly kind: "ended"; readonly code: string; readonly message: string };

export type FeedSignal =
  | { readonly type: "live" }
  | { readonly type: "lost"; readonly retryAt: number; readonly refusal: string | null }
  | { readonly type: "trying" }
  | { readonly type: "ended"; readonly code: string; readonly message: string };

export function nextStatus(status: FeedStatus, signal: FeedSignal): FeedStatus {
  if (status.kind === "ended") return status;
  switch (signal.type) {
    case "live":
      return { kind: "live" };
    case "lost":
      return {
        kind: "lost",
        attempt: attemptOf(status) + 1,
        retryAt: signal.retryAt,
        refusal: signal.refusal,
      };
    case "trying":
      return status.kind === "lost" ? { ...status, retryAt: null } : status;
    case "ended":
      return { kind: "ended", code: signal.code, message: signal.message };
  }
}

/** Attempts since the connection was last live. */
export function attemptOf(status: FeedStatus): number {
  return status.kind === "lost" ? status.attempt : 0;
}
