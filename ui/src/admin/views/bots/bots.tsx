/** Bots: programs that act by a token. Who made them, what they may do, when they were last here, and an end to it. */
import { PlusIcon, RobotIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { ServiceAnswer } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { openDialog } from "../../state/dialog";
import { BotRow } from "./bot-row";
import classes from "./bots.module.css";
import { NewToken } from "./new-token";

export default function Bots() {
  const { t } = useTranslation();
  const [made, setMade] = useState<ServiceAnswer | null>(null);
  return (
    <Page
      title={t("view.bots")}
      layout="fill"
      actions={
        <ActionButton
          right="services"
          // While a token waits to be kept, copying it is what matters.
          variant={made ? "default" : "filled"}
          leftSection={<PlusIcon size={16} />}
          onClick={() => openDialog({ kind: "new-bot", onMade: setMade })}
        >
          {t("bots.add")}
        </ActionButton>
      }
    >
      {made && <NewToken made={made} onClose={() => setMade(null)} />}
      <div className={tools.body}>
        <div className={tools.main}>
          <List onMade={setMade} />
        </div>
      </div>
    </Page>
  );
}

function List({ onMade }: { readonly onMade: (made: ServiceAnswer) => void }) {
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
          <ActionButton
            right="services"
            variant="default"
            onClick={() => openDialog({ kind: "new-bot", onMade })}
          >
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
    <section className={classes.scroller} aria-label={t("view.bots")} tabIndex={0}>
      <table className={classes.table}>
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
      <p className={classes.foot}>{t("bots.count", { shown: format.count(services.length), count: most })}</p>
    </section>
  );
}
