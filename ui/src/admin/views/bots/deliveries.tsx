/** What a webhook was told lately, and what it answered. */
import { ArrowClockwiseIcon, CheckCircleIcon, WarningCircleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { Delivery, Webhook } from "../../contract";
import { useFormat } from "../../format/use-format";
import { LoadingRows } from "../../kit/states";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { WhenRead } from "../../kit/when-read";
import { sentenceWords } from "../../text/server-words";
import classes from "./bots.module.css";

export interface DeliveriesProps {
  readonly webhook: Webhook;
  /** The page's clock, ms; with it what is shown is asked for again. */
  readonly now: number;
}

export function Deliveries({ webhook, now }: DeliveriesProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const loaded = useResource(`deliveries ${webhook.id}`, (signal) =>
    calls.deliveries(api, webhook.id, signal),
  );
  useReloadOn(String(now), loaded.reload);
  return (
    <WhenRead loaded={loaded} failed={t("hooks.failed")} waiting={<LoadingRows height={32} />}>
      {({ deliveries }) =>
        deliveries.length === 0 ? (
          <p className={tools.dim}>{t("hooks.nothing")}</p>
        ) : (
          <ol className={classes.deliveries} aria-label={t("hooks.lately", { name: webhook.name })}>
            {deliveries.map((delivery) => (
              <Line key={delivery.id} delivery={delivery} now={now} />
            ))}
          </ol>
        )
      }
    </WhenRead>
  );
}

function Line({ delivery, now }: { readonly delivery: Delivery; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { at, event, attempts, status, problem, nextAt } = delivery;
  return (
    <li>
      <time dateTime={at} title={format.full(at)}>
        {format.moment(at, now)}
      </time>
      <span>{isKnown(event) ? t(`hooks.event.${event}`) : event}</span>
      {nextAt === null && problem !== null ? (
        <Tag tone="danger" icon={WarningCircleIcon}>
          {t("hooks.refused")}
        </Tag>
      ) : nextAt === null ? (
        <Tag tone="success" icon={CheckCircleIcon}>
          {t("hooks.told", { status })}
        </Tag>
      ) : attempts === 0 ? (
        <Tag icon={ArrowClockwiseIcon}>{t("hooks.waits")}</Tag>
      ) : (
        <Tag tone="warn" icon={WarningCircleIcon}>
          {t("hooks.again", { count: attempts, at: format.moment(nextAt, now) })}
        </Tag>
      )}
      {problem !== null && <span className={classes.problem}>{sentenceWords(t, problem)}</span>}
    </li>
  );
}

const EVENTS = ["report", "ban", "kick", "crowd", "trouble"] as const;

function isKnown(event: string): event is (typeof EVENTS)[number] {
  return EVENTS.some((each) => each === event);
}
