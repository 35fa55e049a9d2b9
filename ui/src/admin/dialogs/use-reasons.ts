/** The reasons a moderator is offered: the host's own, else the usual ones. */
import { useTranslation } from "react-i18next";
import { useMirror } from "../access/admin";
import { type ReasonTemplate, USUAL_REASONS } from "../contract";

export function useReasons(): readonly ReasonTemplate[] {
  const { t } = useTranslation();
  const own = useMirror((mirror) => mirror.server.reasonTemplates);
  // A node of an earlier version sends none; the usual ones are the contract's, as on the player page.
  if (own && own.length > 0) return own;
  return USUAL_REASONS.map((each) => ({ text: t(`reason.usual.${each}`), minutes: null }));
}
