/** The webhooks: where to, of what, and whether they are heard. */
import { WebhooksLogoIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import rows from "../../kit/table.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import classes from "./bots.module.css";
import { WebhookRow } from "./webhook-row";

export interface WebhookListProps {
  /** Asks for a new one. */
  readonly onAdd: () => void;
}

export function WebhookList({ onAdd }: WebhookListProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const [opened, setOpened] = useState<string | null>(null);
  const { resource, reload } = useResource("webhooks", (signal) => calls.webhooks(api, signal));
  // Another host may have made or removed one.
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    reload,
  );
  if (resource.kind === "loading") return <LoadingRows height={64} />;
  if (resource.kind === "failed")
    return <Failed what={t("hooks.failed")} message={resource.message} onRetry={reload} />;
  const { webhooks, most } = resource.value;
  if (webhooks.length === 0) {
    return (
      <Empty
        icon={WebhooksLogoIcon}
        action={
          <ActionButton right="webhooks" variant="default" onClick={onAdd}>
            {t("hooks.add")}
          </ActionButton>
        }
      >
        {t("hooks.none")}
      </Empty>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={rows.scroller} aria-label={t("hooks.title")} tabIndex={0}>
      <table className={`${rows.table} ${rows.tall} ${rows.stacked} ${classes.list}`}>
        <thead>
          <tr>
            <th scope="col">{t("hooks.name")}</th>
            <th scope="col">{t("hooks.of")}</th>
            <th scope="col">{t("hooks.state")}</th>
            <th scope="col">{t("bots.by")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("players.menuColumn")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              now={now}
              isOpen={opened === webhook.id}
              onToggle={() => setOpened(opened === webhook.id ? null : webhook.id)}
              onChanged={reload}
            />
          ))}
        </tbody>
      </table>
      <p className={rows.foot}>
        {t("hooks.count", { shown: format.count(webhooks.length), count: most })}
      </p>
    </section>
  );
}
