/** An entry of the audit log as a sentence. */
import { Trans, useTranslation } from "react-i18next";
import type { ActionEntry } from "../../contract";
import { lengthWords } from "../../format/length";
import { settingName } from "../../text/setting-words";
import { actionName, subjectName } from "./action-name";
import { didOf, lengthOf, settingChangesOf } from "./did";

/** Settings that a sentence names before it counts them. */
const NAMED = 3;

export function ActionWords({ entry }: { readonly entry: ActionEntry }) {
  const { t, i18n } = useTranslation();
  const minutes = lengthOf(entry);
  return (
    <Trans
      i18nKey={`did.${didOf(entry)}`}
      values={{
        who: entry.actor.name,
        whom: subjectName(t, entry),
        span: minutes === null ? "" : lengthWords(t, minutes),
        what: what(),
      }}
      components={{ b: <strong dir="auto" /> }}
      shouldUnescape
    />
  );

  function what(): string {
    const names = settingChangesOf(entry).map(({ key }) => settingName(t, key));
    if (names.length === 0) return actionName(t, entry.action);
    if (names.length > NAMED) return t("audit.nSettings", { count: names.length });
    // The names decide how they are joined (Spanish says "e" before an i), and the quotes come afterwards.
    return new Intl.ListFormat(i18n.language, { type: "conjunction" })
      .formatToParts(names)
      .map(({ type, value }) => (type === "element" ? t("audit.aSetting", { name: value }) : value))
      .join("");
  }
}
