/** Names in a sentence: a few of them, and how many more. */
import { useTranslation } from "react-i18next";

/** Names shown before the rest is a number. */
const MOST_NAMES = 5;

/** Joins them as the language does. `null` stands for somebody without a name, who is only counted. */
export function useNames(): (names: readonly (string | null)[]) => string {
  const { t, i18n } = useTranslation();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  return (names) => {
    const shown = names.filter((name) => name !== null).slice(0, MOST_NAMES);
    const more = names.length - shown.length;
    return list.format(more > 0 ? [...shown, t("ban.more", { count: more })] : shown);
  };
}
