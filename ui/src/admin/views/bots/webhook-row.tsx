/** One webhook: where to, of what, how it fares; opened, what it was told lately. */
import {
  CaretDownIcon,
  CheckCircleIcon,
  CircleDashedIcon,
  PauseCircleIcon,
  WarningCircleIcon,
  WebhooksLogoIcon,
} from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { Webhook } from "../../contract";
import { ActionButton } from "../../kit/action-button";
import { RowAction } from "../../kit/row-action";
import rows from "../../kit/table.module.css";
import { Tag } from "../../kit/tag";
import { useAttempt } from "../../kit/use-attempt";
import { complain, notify } from "../../kit/use-done";
import { sentenceWords } from "../../text/server-words";
import classes from "./bots.module.css";
import { Deliveries } from "./deliveries";
import { Maker } from "./maker";

export interface WebhookRowProps {
  readonly webhook: Webhook;
  /** The page's clock, ms. */
  readonly now: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChanged: () => void;
}

export function WebhookRow({ webhook, now, isOpen, onToggle, onChanged }: WebhookRowProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { busy, attempt } = useAttempt();
  const { id, name, url, events } = webhook;
  const tryIt = () =>
    attempt(async () => {
      const { status, problem } = await calls.testWebhook(api, id);
      if (problem === null) notify(t("hooks.taken", { name, status }));
      else complain(t("hooks.notTaken", { name, why: sentenceWords(t, problem) }));
      onChanged();
    });
  return (
    <>
      <tr>
        <td>
          <span className={rows.who}>
            <span className={rows.picture}>
              <WebhooksLogoIcon size={18} aria-hidden="true" />
            </span>
            <span>
              <b className="name" dir="auto" title={name}>
                {name}
              </b>
              <small className={classes.url} title={url} dir="ltr">
                {hostOf(url)}
              </small>
            </span>
          </span>
        </td>
        <td>
          <span className={rows.chips}>
            {events.map((event) => event !== "test" && <Tag key={event}>{t(`hooks.event.${event}`)}</Tag>)}
          </span>
        </td>
        <td>
          <State webhook={webhook} />
        </td>
        <td>
          <Maker of={webhook} now={now} />
        </td>
        <td>
          <span className={classes.hookActions}>
            {webhook.pausedAt !== null && (
              <RowAction
                right="webhooks"
                variant="default"
                verb={t("hooks.resume")}
                done={t("hooks.resumed", { name })}
                onDone={onChanged}
                run={() => calls.resumeWebhook(api, id)}
              />
            )}
            <ActionButton
              right="webhooks"
              size="compact-sm"
              variant="default"
              loading={busy}
              onClick={() => void tryIt()}
            >
              {t("hooks.try")}
            </ActionButton>
            <RowAction
              right="webhooks"
              verb={t("hooks.remove")}
              ask={{
                question: t("hooks.removeQuestion", { name }),
                consequence: t("hooks.removeConsequence"),
              }}
              done={t("hooks.removed", { name })}
              onDone={onChanged}
              run={() => calls.removeWebhook(api, id)}
            />
            <button
              type="button"
              className={classes.caret}
              aria-expanded={isOpen}
              aria-label={t("hooks.lately", { name })}
              title={t("hooks.lately", { name })}
              onClick={onToggle}
            >
              <CaretDownIcon size={16} aria-hidden="true" />
            </button>
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr className={classes.opened}>
          <td colSpan={5}>
            <Deliveries webhook={webhook} now={now} />
          </td>
        </tr>
      )}
    </>
  );
}

function State({ webhook: { failures, pausedAt, toldAt } }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  if (pausedAt !== null) {
    return (
      <Tag tone="danger" icon={PauseCircleIcon}>
        {t("hooks.paused")}
      </Tag>
    );
  }
  if (failures > 0) {
    return (
      <Tag tone="warn" icon={WarningCircleIcon}>
        {t("hooks.failing", { count: failures })}
      </Tag>
    );
  }
  if (toldAt === null) return <Tag icon={CircleDashedIcon}>{t("hooks.untold")}</Tag>;
  return (
    <Tag tone="success" icon={CheckCircleIcon}>
      {t("hooks.well")}
    </Tag>
  );
}

/** The rest of an address is often a secret, and long. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
