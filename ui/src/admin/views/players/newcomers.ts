/** Who came in just now: their row is lit for a moment. */
import type { AdminSession } from "../../contract";

/** The light fades over 900 ms; a row drawn later than this after the join is not lit any more, ms. */
const FRESH_MS = 1500;

/** Both times are the server's: this computer's clock may be wrong. */
export function isNewcomer({ joinedAt }: Pick<AdminSession, "joinedAt">, now: number): boolean {
  return joinedAt !== null && now - Date.parse(joinedAt) < FRESH_MS;
}
