/** Only when something is wrong: what it is. */
import { WarningIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { sentenceWords } from "../../text/server-words";
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
        <span>{server.reasons.map((reason) => sentenceWords(t, reason)).join(" ")}</span>
      </p>
    </div>
  );
}
