/** The token of a bot that was made just now: the only time it can be read. It stays until somebody says that it is kept. */
import { Button } from "@mantine/core";
import { CopyIcon, KeyIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { platform } from "../../../platform";
import type { ServiceAnswer } from "../../contract";
import { complain, notify } from "../../kit/use-done";
import classes from "./bots.module.css";

export interface NewTokenProps {
  readonly made: ServiceAnswer;
  readonly onClose: () => void;
}

export function NewToken({ made, onClose }: NewTokenProps) {
  const { t } = useTranslation();
  const { name } = made.service;
  const copy = async () => {
    if (await platform.copy(made.token)) notify(t("bots.copied"));
    else complain(t("bots.notCopied"));
  };
  return (
    <section className={classes.made} aria-label={t("bots.tokenOf", { name })}>
      <KeyIcon size={20} aria-hidden="true" />
      <div>
        <h2 dir="auto">{t("bots.tokenOf", { name })}</h2>
        <p>{t("bots.once")}</p>
        {/* A page on plain http has no clipboard: the text can be selected. */}
        <code className={classes.token} translate="no">
          {made.token}
        </code>
        <div className={classes.madeActions}>
          <Button leftSection={<CopyIcon size={16} />} onClick={() => void copy()}>
            {t("bots.copy")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t("bots.kept")}
          </Button>
        </div>
      </div>
    </section>
  );
}
