/** Why nobody else can come in, and, where this program can change that, the button that does. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import type { Obstacle } from "../../contract";
import { useAttempt } from "../../kit/use-attempt";
import { complain } from "../../kit/use-done";
import classes from "./invite.module.css";

/** These go away when the server listens to every address, which is what it does unless told otherwise. */
type BySetting = "this-computer" | "ipv4-only";

function isBySetting(obstacle: Obstacle): obstacle is BySetting {
  return obstacle === "this-computer" || obstacle === "ipv4-only";
}

export function ObstacleNote({ obstacle }: { readonly obstacle: Obstacle }) {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const { busy, attempt } = useAttempt();
  const { computer, server } = platform;
  if (!computer || !server || !isBySetting(obstacle)) {
    return <Note why={t(`invite.obstacle.${obstacle}`)} />;
  }
  const letIn = () =>
    attempt(async () => {
      const [refused] = Object.values(await computer.saveServer({ server_host: null }));
      if (refused === undefined) await server.restart();
      else complain(refused);
    });
  return (
    <Note why={t(`invite.obstacleHere.${obstacle}`)}>
      <Button size="sm" className={classes.letIn ?? ""} loading={busy} onClick={() => void letIn()}>
        {t("invite.letIn")}
      </Button>
    </Note>
  );
}

function Note({ why, children }: { readonly why: string; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes.visitor} role="status">
      <p>
        <strong>{t("invite.alone")}</strong>
        <span>{why}</span>
      </p>
      {children}
    </div>
  );
}
