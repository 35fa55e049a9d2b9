/** The webhooks: where to, of what, and whether they are heard. */
import { WebhooksLogoIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { Webhook } from "../../contract";
import { MadeList } from "./made-list";
import { WebhookRow } from "./webhook-row";

export interface WebhookListProps {
  /** Asks for a new one. */
  readonly onAdd: () => void;
}

export function WebhookList({ onAdd }: WebhookListProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <MadeList<Webhook>
      what="webhooks"
      load={async (signal) => {
        const { webhooks, most } = await calls.webhooks(api, signal);
        return { made: webhooks, most };
      }}
      right="webhooks"
      icon={WebhooksLogoIcon}
      words={{
        title: t("hooks.title"),
        failed: t("hooks.failed"),
        none: t("hooks.none"),
        add: t("hooks.add"),
        columns: [t("hooks.name"), t("hooks.of"), t("hooks.state"), t("bots.by")],
        count: (shown, count) => t("hooks.count", { shown, count }),
      }}
      onAdd={onAdd}
      row={(webhook, now, reload) => (
        <WebhookRow
          key={webhook.id}
          webhook={webhook}
          now={now}
          isOpen={opened === webhook.id}
          onToggle={() => setOpened(opened === webhook.id ? null : webhook.id)}
          onChanged={reload}
        />
      )}
    />
  );
}
