/** One quiet line about a newer version of the desktop program, with a link. Nothing is downloaded. */
import { Menu, Tooltip, UnstyledButton } from "@mantine/core";
import { ArrowCircleUpIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import { useUpdate } from "../kit/use-update";
import classes from "./update-line.module.css";

export function UpdateLine() {
  const { t } = useTranslation();
  const update = useUpdate(useAdmin().platform);
  if (!update) return null;
  const line = t("update.line", { version: update.version });
  return (
    <Tooltip
      label={update.notes === "" ? t("update.open") : update.notes}
      position="right"
      multiline
      maw={320}
    >
      <UnstyledButton className={classes.line ?? ""} aria-label={line} onClick={update.open}>
        <ArrowCircleUpIcon size={16} aria-hidden="true" />
        <span>{line}</span>
      </UnstyledButton>
    </Tooltip>
  );
}

export function UpdateItem() {
  const { t } = useTranslation();
  const update = useUpdate(useAdmin().platform);
  if (!update) return null;
  return (
    <Menu.Item leftSection={<ArrowCircleUpIcon size={16} />} onClick={update.open}>
      {t("update.line", { version: update.version })}
    </Menu.Item>
  );
}
