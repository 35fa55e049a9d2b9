/**
 * What a moderator does from the world, over the same REST as the administration: the same reasons, audit and undo.
 *
 * It knows no page. The server checks every call again.
 */

import { type Answer, fieldsOf, own, type Rest } from "@comutiny/client";
import type { BodyOf } from "@comutiny/client/contract";
import {
  ADMIN_ROUTES,
  type AdminSession,
  type ReasonTemplate,
  type Report,
} from "@comutiny/client/declarations";

export type Act = "tell" | "warn" | "mute" | "kick" | "ban";

/** Somebody as a moderator sees them. */
export interface Case {
  readonly session: AdminSession;
  /** Open ones, the newest first. */
  readonly reports: readonly Report[];
}

/** Most open reports that are looked through. */
const MOST_REPORTS = 200;

export class Moderation {
  constructor(private readonly rest: Rest) {}

  /** `null` when nobody walks under this id any more. */
  async caseOf(playerId: string): Promise<Answer<Case | null>> {
    const search = new URLSearchParams({ search: playerId, joined: "true" });
    const found = await this.rest.ask("GET", `${ADMIN_ROUTES.sessions.path}?${search}`);
    if (!found.ok) return found;
    const session = listIn<AdminSession>(found.value, "sessions").find((each) => each.playerId === playerId);
    if (!session) return { ok: true, value: null };
    if (session.openReports === 0) return { ok: true, value: { session, reports: [] } };
    const open = await this.openReports();
    const about = open.ok ? open.value.filter(({ target }) => target.playerId === playerId) : [];
    return { ok: true, value: { session, reports: about } };
  }

  /** The newest first. */
  async openReports(): Promise<Answer<readonly Report[]>> {
    const query = new URLSearchParams({ status: "open", limit: `${MOST_REPORTS}` });
    const reports = await this.rest.ask("GET", `${ADMIN_ROUTES.reports.path}?${query}`);
    return reports.ok ? { ok: true, value: listIn<Report>(reports.value, "reports") } : reports;
  }

  /** The host's own; none where the page's hold, and from a server of before. */
  async reasons(): Promise<readonly ReasonTemplate[]> {
    const answer = await this.rest.ask("GET", ADMIN_ROUTES.reasons.path);
    return answer.ok ? listIn<ReasonTemplate>(answer.value, "reasons") : [];
  }

  /** Answers by what it can be undone; `null` for what cannot. `minutes` is `null` for good. */
  async act(
    act: Act,
    session: AdminSession,
    reason: string,
    minutes: number | null,
  ): Promise<Answer<string | null>> {
    const answer = await this.send(act, session, reason, minutes);
    if (!answer.ok) return answer;
    const action = fieldsOf(own(fieldsOf(answer.value) ?? {}, "action")) ?? {};
    const id = own(action, "id");
    return { ok: true, value: own(action, "undoable") === true && typeof id === "string" ? id : null };
  }

  undo(action: string): Promise<Answer<unknown>> {
    return this.rest.ask("POST", pathOf(ADMIN_ROUTES.undo.path, action));
  }

  /** An empty reason is none. */
  private send(
    act: Act,
    { id, kind }: AdminSession,
    reason: string,
    minutes: number | null,
  ): Promise<Answer<unknown>> {
    const given = reason === "" ? {} : { reason };
    switch (act) {
      case "tell":
        return this.rest.ask("POST", pathOf(ADMIN_ROUTES.tell.path, id), { message: reason });
      case "warn":
        return this.rest.ask("POST", pathOf(ADMIN_ROUTES.warn.path, id), { message: reason });
      case "mute":
        return this.rest.ask("POST", pathOf(ADMIN_ROUTES.muteSession.path, id), { ...given, minutes });
      case "kick":
        return this.rest.ask("POST", pathOf(ADMIN_ROUTES.kick.path, id), given);
      case "ban": {
        const what: BodyOf<"ban">["what"] = [kind === "account" ? "account" : "guest"];
        return this.rest.ask("POST", ADMIN_ROUTES.ban.path, { sessionId: id, what, ...given, minutes });
      }
    }
  }
}

function pathOf(path: string, id: string): string {
  return path.replace("{id}", encodeURIComponent(id));
}

/** The administration's own answers are believed as it believes them: same origin, same declarations. */
function listIn<T>(body: unknown, name: string): readonly T[] {
  const list = own(fieldsOf(body) ?? {}, name);
  return Array.isArray(list) ? (list as T[]) : [];
}
