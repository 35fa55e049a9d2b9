/** Bots, which are programs that act by a token, and webhooks, by which programs are told what happens. */
import { SegmentedControl } from "@mantine/core";
import { PlusIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import tools from "../../kit/tools.module.css";
import { openDialog } from "../../state/dialog";
import { BotList } from "./bot-list";
import { type Made, NewToken } from "./new-token";
import { WebhookList } from "./webhook-list";

type Which = "bots" | "webhooks";

export default function Bots() {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>("bots");
  const [made, setMade] = useState<Made | null>(null);
  const addBot = () =>
    openDialog({
      kind: "new-bot",
      onMade: ({ service, token }) => setMade({ of: "token", name: service.name, value: token }),
    });
  const addWebhook = () =>
    openDialog({
      kind: "new-webhook",
      onMade: ({ webhook, secret }) => setMade({ of: "secret", name: webhook.name, value: secret }),
    });
  return (
    <Page
      title={t("view.bots")}
      layout="fill"
      actions={
        <ActionButton
          right={which === "bots" ? "services" : "webhooks"}
          // While a secret waits to be kept, copying it is what matters.
          variant={made ? "default" : "filled"}
          leftSection={<PlusIcon size={16} />}
          onClick={which === "bots" ? addBot : addWebhook}
        >
          {t(which === "bots" ? "bots.add" : "hooks.add")}
        </ActionButton>
      }
    >
      <div className={tools.tools}>
        <SegmentedControl
          aria-label={t("bots.which")}
          value={which}
          onChange={(value) => setWhich(value === "webhooks" ? "webhooks" : "bots")}
          data={[
            { value: "bots", label: t("view.bots") },
            { value: "webhooks", label: t("hooks.title") },
          ]}
        />
      </div>
      {made && <NewToken made={made} onClose={() => setMade(null)} />}
      <div className={tools.body}>
        <div className={tools.main}>
          {which === "bots" ? <BotList onAdd={addBot} /> : <WebhookList onAdd={addWebhook} />}
        </div>
      </div>
    </Page>
  );
}
