/** The way in from outside as the page needs it. Pure, but for the one random number. */
import type { InviteLink, OutsideAccess } from "../../contract";

export type OpenOutside = Extract<OutsideAccess, { state: "open" }>;

/** The link for people outside, as one among the others. */
export function outsideLink(outside: OutsideAccess | undefined): InviteLink | undefined {
  if (outside?.state !== "open") return undefined;
  const { url, reachedBy, certified } = outside;
  const link: InviteLink = { url, kind: "public", medium: null, interface: null, reachedBy };
  return certified === undefined ? link : { ...link, certified };
}

/** Six digits that nobody guesses in the tries a server allows, and everybody can say. */
export function suggestedPin(random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0): string {
  return String(random % 1_000_000).padStart(6, "0");
}
