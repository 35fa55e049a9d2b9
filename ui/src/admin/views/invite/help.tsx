/** For when a link does not work: the usual reasons, with the command that opens the firewall here. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { CopyIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import type { Invite } from "../../contract";
import { complain, notify } from "../../kit/use-done";
import classes from "./invite.module.css";

export function Help({ invite }: { readonly invite: Invite }) {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const { command } = invite.firewall;
  const firewall = command === null ? "unknown" : "command";
  return (
    <section className={`${classes.panel} ${classes.help}`} aria-labelledby="help">
      <h2 id="help" className={classes.panelTitle}>
        {t("invite.help")}
      </h2>
      <p>{t(`invite.${invite.outside.state === "open" ? "anywhere" : "near"}.${firewall}`)}</p>
      {command !== null && (
        <p className={classes.command}>
          <code translate="no">{command}</code>
          <Tooltip label={t("invite.copyCommand")}>
            <ActionIcon
              aria-label={t("invite.copyCommand")}
              onClick={async () => {
                if (await platform.copy(command)) notify(t("invite.commandCopied"));
                else complain(t("invite.notCopied"));
              }}
            >
              <CopyIcon size={17} />
            </ActionIcon>
          </Tooltip>
        </p>
      )}
      <p>{t("invite.guestWifi")}</p>
    </section>
  );
}
