/** Behind the server's state in the desktop program: close it or start it anew. People who are here are told first. */
import { Button, Menu, Modal, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ArrowsClockwiseIcon, PowerIcon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ServerControl } from "../../../platform";
import { useMirror } from "../../access/admin";
import classes from "./host.module.css";

const DIALOG = { header: classes.dialogHead ?? "", title: classes.dialogTitle ?? "" };

export interface ServerMenuProps {
  readonly server: ServerControl;
  /** Of the button, as is the state. */
  readonly className: string;
  readonly state: string;
  readonly wide: boolean;
  readonly children: ReactNode;
}

export function ServerMenu({ server, className, state, wide, children }: ServerMenuProps) {
  const { t } = useTranslation();
  const [asking, question] = useDisclosure(false);
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  return (
    <>
      <Menu position="bottom-start" width={186}>
        <Menu.Target>
          <UnstyledButton className={className} data-state={state} data-wide={wide || undefined}>
            {children}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<ArrowsClockwiseIcon size={16} aria-hidden="true" />}
            onClick={() => void server.restart()}
          >
            {t("host.restart")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<PowerIcon size={16} aria-hidden="true" />}
            onClick={players > 0 ? question.open : () => void server.stop()}
          >
            {t("host.stop")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asking}
        onClose={question.close}
        title={t("host.stopTitle")}
        padding="lg"
        classNames={DIALOG}
      >
        <p className={classes.problemHelp}>{t("host.stopPeople", { count: players })}</p>
        <div className={classes.problemFoot}>
          <Button variant="default" onClick={question.close}>
            {t("dialog.cancel")}
          </Button>
          <Button color="red" data-autofocus onClick={() => void server.stop()}>
            {t("host.stop")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
