/** A secret that was made just now: the only time it can be read. It stays until somebody says that it is kept. */
import { Button } from "@mantine/core";
import { CopyIcon, KeyIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { platform } from "../../../platform";
import { complain, notify } from "../../kit/use-done";
import classes from "./bots.module.css";

/** What was made, and its secret. */
export interface Made {
  readonly of: "token" | "secret";
  readonly name: string;
  readonly value: string;
}

export interface NewTokenProps {
  readonly made: Made;
  readonly onClose: () => void;
}

export function NewToken({ made, onClose }: NewTokenProps) {
  const { t } = useTranslation();
  const { of, name, value } = made;
  const copy = async () => {
    if (await platform.copy(value)) notify(t(`bots.${of}.copied`));
    else complain(t("bots.notCopied"));
  };
  return (
    <section className={classes.made} aria-label={t(`bots.${of}.title`, { name })}>
      <KeyIcon size={20} aria-hidden="true" />
      <div>
        <h2 dir="auto">{t(`bots.${of}.title`, { name })}</h2>
        <p>{t(`bots.${of}.once`)}</p>
        {/* A page on plain http has no clipboard: the text can be selected. */}
        <code className={classes.token} translate="no">
          {value}
        </code>
        <div className={classes.madeActions}>
          <Button leftSection={<CopyIcon size={16} />} onClick={() => void copy()}>
            {t(`bots.${of}.copy`)}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t("bots.kept")}
          </Button>
        </div>
      </div>
    </section>
  );
}
