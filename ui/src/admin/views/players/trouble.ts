/** What a row says of somebody besides that they play: open reports, a mute, warnings. Pure. */
import type { AdminSession } from "../../contract";

export type Trouble = "reported" | "muted" | "warned";

/** The gravest first. A mute holds whatever else there is; a warning is over, and shown where nothing else is. */
export function troublesOf({
  openReports,
  muted,
  warnings,
}: Pick<AdminSession, "openReports" | "muted" | "warnings">): readonly Trouble[] {
  const troubles: Trouble[] = [];
  if (openReports > 0) troubles.push("reported");
  if (muted !== null) troubles.push("muted");
  if (troubles.length === 0 && warnings > 0) troubles.push("warned");
  return troubles;
}
