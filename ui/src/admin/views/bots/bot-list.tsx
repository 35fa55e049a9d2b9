/** The bots: who made them, what they may do, when they were last here, and an end to it. */
import { RobotIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import rows from "../../kit/table.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { BotRow } from "./bot-row";
import classes from "./bots.module.css";

export interface BotListProps {
  /** Asks for a new one. */
  readonly onAdd: () => void;
}

export function BotList({ onAdd }: BotListProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const { resource, reload } = useResource("service accounts", (signal) => calls.services(api, signal));
  // Another host may have made or revoked one.
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    reload,
  );
  if (resource.kind === "loading") return <LoadingRows height={64} />;
  if (resource.kind === "failed")
    return <Failed what={t("bots.failed")} message={resource.message} onRetry={reload} />;
  const { services, most } = resource.value;
  if (services.length === 0) {
    return (
      <Empty
        icon={RobotIcon}
        action={
          <ActionButton right="services" variant="default" onClick={onAdd}>
            {t("bots.add")}
          </ActionButton>
        }
      >
        {t("bots.none")}
      </Empty>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={rows.scroller} aria-label={t("view.bots")} tabIndex={0}>
      <table className={`${rows.table} ${rows.tall} ${rows.stacked} ${classes.list}`}>
        <thead>
          <tr>
            <th scope="col">{t("bots.name")}</th>
            <th scope="col">{t("bots.may")}</th>
            <th scope="col">{t("bots.used")}</th>
            <th scope="col">{t("bots.by")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("players.menuColumn")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <BotRow key={service.id} service={service} now={now} onRevoked={reload} />
          ))}
        </tbody>
      </table>
      <p className={rows.foot}>{t("bots.count", { shown: format.count(services.length), count: most })}</p>
    </section>
  );
}
