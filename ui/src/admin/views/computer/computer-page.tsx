/** The same settings while the server does not run: alone on the page, with a way back. */
import { Button } from "@mantine/core";
import { ArrowLeftIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { Computer, ServerControl } from "../../../platform";
import classes from "./computer.module.css";
import { ComputerForm } from "./computer-settings";

export interface ComputerPageProps {
  readonly computer: Computer;
  readonly server: ServerControl;
  readonly onBack: () => void;
}

export function ComputerPage({ computer, server, onBack }: ComputerPageProps) {
  const { t } = useTranslation();
  return (
    <main className={classes.alone}>
      <header>
        <Button variant="default" leftSection={<ArrowLeftIcon size={16} />} onClick={onBack} autoFocus>
          {t("host.back")}
        </Button>
        <h1>{t("view.computer")}</h1>
      </header>
      <ComputerForm computer={computer} server={server} />
    </main>
  );
}
