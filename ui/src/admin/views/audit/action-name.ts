/** What an action is called in a list, and whom it was about. A kind this page does not know keeps its own name. */
import type { TFunction } from "i18next";
import type { ActionEntry } from "../../contract";
import { KNOWN_ACTIONS, type KnownAction } from "./known-actions";

/** A guest without a name stands in the log by a digest, which tells nobody anything. */
const GUEST_DIGEST = /^[0-9a-f]{32,}$/;
/** So does whatever has an id of ours and no name. */
const OWN_ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export function actionName(t: TFunction, action: string): string {
  return isKnown(action) ? t(`action.${keyOf(action)}`) : action;
}

/** Whom or what an action was about. What a load test was to do comes in numbers, so it is put into words here. */
export function subjectName(t: TFunction, { action, subject, subjectName, details }: ActionEntry): string {
  const { clients, mode } = details;
  if (
    action.startsWith("load-test.") &&
    typeof clients === "number" &&
    (mode === "plain" || mode === "batch" || mode === "batch1")
  )
    return t("loadtest.subject", { count: clients, mode: t(`loadtest.modes.${mode}`).toLocaleLowerCase() });
  if (subjectName !== null) return subjectName;
  if (Array.isArray(details.kinds) && details.kinds.includes("address")) return t("audit.aNetwork");
  if (GUEST_DIGEST.test(subject)) return t("audit.aGuest");
  return OWN_ID.test(subject) ? t("audit.somebody") : subject;
}

export function isKnown(action: string): action is KnownAction {
  return (KNOWN_ACTIONS as readonly string[]).includes(action);
}

type KeyOf<A extends string> = A extends `${infer Area}.${infer Verb}` ? `${Area}_${Verb}` : A;

/** A dot would be read as a step into the dictionary. */
export function keyOf<A extends KnownAction>(action: A): KeyOf<A> {
  return action.replaceAll(".", "_") as KeyOf<A>;
}
