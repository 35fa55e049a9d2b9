/** One bot: its name and whether it is here, what it may do in words, when its token was last shown, and by whom it was made. */
import { RobotIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { ServiceAccount } from "../../contract";
import { useFormat } from "../../format/use-format";
import { RowAction } from "../../kit/row-action";
import rows from "../../kit/table.module.css";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import classes from "./bots.module.css";
import { Maker } from "./maker";

export interface BotRowProps {
  readonly service: ServiceAccount;
  /** The page's clock, ms. */
  readonly now: number;
  readonly onRevoked: () => void;
}

export function BotRow({ service, now, onRevoked }: BotRowProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const here = useMirror((mirror) => {
    for (const { subject, joined } of mirror.sessions.values())
      if (joined && subject === service.id) return true;
    return false;
  });
  const { name, scopes, lastUsedAt } = service;
  return (
    <tr>
      <td>
        <span className={rows.who}>
          <span className={rows.picture}>
            <RobotIcon size={18} aria-hidden="true" />
          </span>
          <span>
            <b className="name" dir="auto" title={name}>
              {name}
            </b>
            <small>{t(here ? "bots.here" : "bots.away")}</small>
          </span>
        </span>
      </td>
      <td>
        <span className={rows.chips}>
          {scopes.map((scope) => (
            <Tag key={scope} tone={scope === "moderate" ? "warn" : "neutral"}>
              {t(`bots.scope.${scope}`)}
            </Tag>
          ))}
        </span>
      </td>
      <td>
        <span className={classes.label}>{t("bots.used")}</span>
        {lastUsedAt === null ? (
          <span className={tools.dim}>{t("bots.never")}</span>
        ) : (
          <time dateTime={lastUsedAt} title={format.full(lastUsedAt)}>
            {format.moment(lastUsedAt, now)}
          </time>
        )}
      </td>
      <td>
        <Maker of={service} now={now} />
      </td>
      <td>
        <RowAction
          right="services"
          verb={t("bots.revoke")}
          ask={{
            question: t("bots.revokeQuestion", { name }),
            consequence: t("bots.revokeConsequence"),
          }}
          done={t("bots.revoked", { name })}
          onDone={onRevoked}
          run={() => calls.revokeService(api, service.id)}
        />
      </td>
    </tr>
  );
}
