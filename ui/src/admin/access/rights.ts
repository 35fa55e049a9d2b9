/**
 * What somebody may do here, and how a button says why not. Pure; the server checks every call again.
 */
import type { Right } from "../contract";
import type { FeedStatus } from "../feed/status";

/** The lowest role that has a right, for the sentence on a button that is out of reach. */
const NEEDS_HOST: ReadonlySet<Right> = new Set<Right>([
  "kick-all",
  "users",
  "services",
  "webhooks",
  "sprites",
  "settings",
  "logs",
  "load-test",
]);

/** Why something cannot be done now; `null` when it can. Names a text of `why`. */
export type Hindrance = "lost" | "needsModerator" | "needsHost" | null;

export function hindranceOf(
  right: Right | null,
  rights: readonly Right[],
  status: FeedStatus["kind"],
): Hindrance {
  if (right !== null && !rights.includes(right))
    return NEEDS_HOST.has(right) ? "needsHost" : "needsModerator";
  return status === "lost" ? "lost" : null;
}
