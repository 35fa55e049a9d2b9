/** The reasons a moderator is offered: the host's own, else the usual ones. */
import { useTranslation } from "react-i18next";
import { useMirror } from "../access/admin";
import type { ReasonTemplate } from "../contract";

const USUAL = ["spam", "following", "name", "insults"] as const;

export function useReasons(): readonly ReasonTemplate[] {
  const { t } = useTranslation();
  const own = useMirror((mirror) => mirror.server.reasonTemplates);
  // A node of an earlier version sends none.
  if (own && own.length > 0) return own;
  return USUAL.map((each) => ({ text: t(`reason.${each}`), minutes: null }));
}
