/** What an entry of the audit log says, apart from the language it is said in. Pure. */
import type { admin as english } from "../../../languages/en/admin";
import type { ActionEntry } from "../../contract";
import { noteWords, type ReportOutcome } from "../../text/report-outcome";
import { isKnown, keyOf } from "./action-name";

export type DidKey = keyof typeof english.did;

const ROLES = ["host", "moderator", "viewer", "user"] as const;

const MINUTE_MS = 60_000;

/** The sentence an entry is told by. */
export function didOf(entry: Pick<ActionEntry, "action" | "at" | "details">): DidKey {
  const { action, details } = entry;
  if (action === "ban.create") return lengthOf(entry) === null ? "ban_create" : "ban_for";
  if (action === "mute.create") return lengthOf(entry) === null ? "mute_create" : "mute_for";
  if (action === "user.update") return changeOf(details.after);
  return isKnown(action) ? keyOf(action) : "other";
}

function changeOf(after: unknown): DidKey {
  if (typeof after !== "object" || after === null) return "user_update";
  const change = after as Readonly<Record<string, unknown>>;
  const role = ROLES.find((each) => each === change.role);
  if (role) return `user_role_${role}`;
  if (change.is_banned === true) return "user_ban";
  if (typeof change.suspension_until === "number") return "user_suspend";
  return change.is_banned === false || change.suspension_until === null ? "user_admit" : "user_update";
}

/** How long a ban or mute was to hold, in minutes; `null` for good, and for what has no length. */
export function lengthOf({ at, details }: Pick<ActionEntry, "at" | "details">): number | null {
  const until = Date.parse(textOf(details, "until"));
  return Number.isNaN(until) ? null : Math.max(1, Math.round((until - Date.parse(at)) / MINUTE_MS));
}

/** What the doer wrote, for whomever it was for; empty when nothing. What came of a report is `named` by the page. */
export function reasonOf(
  { action, details }: Pick<ActionEntry, "action" | "details">,
  named: (outcome: ReportOutcome) => string,
): string {
  const written = textOf(details, "reason") || textOf(details, "message");
  if (written !== "") return written;
  if (action.startsWith("report.")) return noteWords(textOf(details, "note"), named);
  const after = details.after;
  return typeof after === "object" && after !== null ? textOf(after, "suspension_reason") : "";
}

/** A setting that an entry changed. */
export interface SettingChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function settingChangesOf({ details }: Pick<ActionEntry, "details">): readonly SettingChange[] {
  const { changes } = details;
  if (typeof changes !== "object" || changes === null) return [];
  return Object.entries(changes).map(([key, change]) => {
    const { before, after } = (change ?? {}) as Readonly<Record<string, unknown>>;
    return { key, before, after };
  });
}

/** The act whose evidence is kept: a ban of several has one for each, and they are alike. */
export function evidenceOf({ action, details }: Pick<ActionEntry, "action" | "details">): string | null {
  switch (action) {
    case "session.kick":
      return textOf(details, "kick") || null;
    case "session.warn":
      return textOf(details, "warning") || null;
    case "mute.create":
      return textOf(details, "mute") || null;
    case "ban.create": {
      const [first] = idsOf(details);
      return first ?? null;
    }
    default:
      return null;
  }
}

/** Ids of the bans or of the mute that an entry is about. */
export function idsOf(details: ActionEntry["details"]): readonly string[] {
  const bans = Array.isArray(details.bans) ? details.bans : [];
  return [...bans, details.mute].filter((id) => typeof id === "string");
}

function textOf(values: object, key: string): string {
  const value: unknown = Object.hasOwn(values, key) ? (values as Record<string, unknown>)[key] : undefined;
  return typeof value === "string" ? value.trim() : "";
}
