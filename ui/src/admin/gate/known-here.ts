/**
 * Whether somebody was let into the administration with this browser, and did not sign out since.
 *
 * Such a page asks `GET /admin/me` outright, because the refusal says why: a suspended account is not a signed-out one,
 * and `GET /auth/session` calls both nobody. Any other page asks that first, and no stranger is answered by an error.
 */
import type { KeptValues } from "@comutiny/client";

const KEY = "comutiny.admin.knownHere";

export class KnownHere {
  constructor(private readonly storage: KeptValues | null) {}

  get(): boolean {
    try {
      return this.storage?.getItem(KEY) === "true";
    } catch {
      return false;
    }
  }

  set(known: boolean): void {
    try {
      this.storage?.setItem(KEY, String(known));
    } catch {
      // Full or forbidden: whoever is kept out reads why when they sign in.
    }
  }
}
