/** The bots: who made them, what they may do, when they were last here, and an end to it. */
import { RobotIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { ServiceAccount } from "../../contract";
import { BotRow } from "./bot-row";
import { MadeList } from "./made-list";

export interface BotListProps {
  /** Asks for a new one. */
  readonly onAdd: () => void;
}

export function BotList({ onAdd }: BotListProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  return (
    <MadeList<ServiceAccount>
      what="service accounts"
      load={async (signal) => {
        const { services, most } = await calls.services(api, signal);
        return { made: services, most };
      }}
      right="services"
      icon={RobotIcon}
      words={{
        title: t("view.bots"),
        failed: t("bots.failed"),
        none: t("bots.none"),
        add: t("bots.add"),
        columns: [t("bots.name"), t("bots.may"), t("bots.used"), t("bots.by")],
        count: (shown, count) => t("bots.count", { shown, count }),
      }}
      onAdd={onAdd}
      row={(service, now, reload) => (
        <BotRow key={service.id} service={service} now={now} onRevoked={reload} />
      )}
    />
  );
}
