/** What an action is called in a sentence: "kicked", "banned". A kind this page does not know keeps its own name. */
import type { TFunction } from "i18next";
import type { ActionEntry } from "../../contract";
import { KNOWN_ACTIONS, type KnownAction } from "./known-actions";

/** A guest without a name stands in the log by a digest, which tells nobody anything. */
const GUEST_DIGEST = /^[0-9a-f]{32,}$/;

export function actionName(t: TFunction, action: string): string {
  return isKnown(action) ? t(`action.${keyOf(action)}`) : action;
}

/** Whom or what an action was about. What a load test was to do comes in numbers, so it is put into words here. */
export function subjectName(t: TFunction, { action, subject, subjectName, details }: ActionEntry): string {
  const { clients, mode } = details;
  if (
    action.startsWith("load-test.") &&
    typeof clients === "number" &&
    (mode === "plain" || mode === "batch")
  )
    return t("loadtest.subject", { count: clients, mode: t(`loadtest.modes.${mode}`) });
  if (subjectName !== null) return subjectName;
  return GUEST_DIGEST.test(subject) ? t("audit.aGuest") : subject;
}

function isKnown(action: string): action is KnownAction {
  return (KNOWN_ACTIONS as readonly string[]).includes(action);
}

type KeyOf<A extends string> = A extends `${infer Area}.${infer Verb}` ? `${Area}_${Verb}` : A;

/** A dot would be read as a step into the dictionary. */
function keyOf<A extends KnownAction>(action: A): KeyOf<A> {
  return action.replaceAll(".", "_") as KeyOf<A>;
}
