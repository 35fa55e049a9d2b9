/** Only when something is wrong: what, in the server's words. */
import { WarningIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import classes from "./dashboard.module.css";

export function Health() {
  const { t } = useTranslation();
  const server = useMirror((mirror) => mirror.server);
  if (!server || (server.health === "ok" && server.state === "running")) return null;
  return (
    <div className={classes.health} role="status">
      <WarningIcon size={18} weight="fill" aria-hidden="true" />
      <p>
        <strong>{t(server.state === "draining" ? "server.draining" : "server.degraded")}.</strong>{" "}
        <span lang="en">{server.reasons.join(" ")}</span>
      </p>
    </div>
  );
}
