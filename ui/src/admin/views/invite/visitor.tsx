/** "Waiting for the first visitor" until somebody came in from another machine. */
import { useTranslation } from "react-i18next";
import type { AdminSession } from "../../contract";
import { useFormat, useSecond } from "../../format/use-format";
import { SessionPortrait } from "../../people/person-portrait";
import classes from "./invite.module.css";

export interface VisitorProps {
  readonly visitor: AdminSession | null;
}

export function FirstVisitor({ visitor }: VisitorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <div className={classes.visitor} data-here={visitor !== null || undefined} role="status">
      {visitor ? (
        <>
          <SessionPortrait session={visitor} size={34} />
          <p>
            <strong className="freetext">
              {t("invite.isIn", { name: visitor.name ?? t("players.nameless") })}
            </strong>{" "}
            {t("invite.canBeReached")}
            <span>
              {t("invite.firstVisitor", {
                address: visitor.address,
                ago: format.ago(visitor.joinedAt ?? visitor.connectedAt, now),
              })}
            </span>
          </p>
        </>
      ) : (
        <p>
          <strong>{t("invite.waiting")}</strong>
          <span>{t("invite.waitingHelp")}</span>
        </p>
      )}
    </div>
  );
}
