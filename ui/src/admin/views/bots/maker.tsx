/** Who made a bot or a webhook and when, and whether they are a host still: they may have kept its token or secret. */
import { WarningCircleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { ServiceAccount, Webhook } from "../../contract";
import { useFormat } from "../../format/use-format";
import rows from "../../kit/table.module.css";
import { Tag } from "../../kit/tag";

export interface MakerProps {
  readonly of: ServiceAccount | Webhook;
  /** The page's clock, ms. */
  readonly now: number;
}

export function Maker({ of: { createdBy, makerIsHost, createdAt }, now }: MakerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={rows.by}>
      <span className="name" dir="auto">
        {createdBy.name}
      </span>
      {!makerIsHost && (
        <Tag tone="warn" icon={WarningCircleIcon}>
          {t("bots.makerGone")}
        </Tag>
      )}
      <time dateTime={createdAt} title={format.full(createdAt)}>
        {format.moment(createdAt, now)}
      </time>
    </span>
  );
}
