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
