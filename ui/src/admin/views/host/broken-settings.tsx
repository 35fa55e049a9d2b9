/** Said once: a settings file could not be used, where it lies now, and that defaults count. */
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Computer } from "../../../platform";
import classes from "./host.module.css";

const DIALOG = { header: classes.dialogHead ?? "", title: classes.dialogTitle ?? "" };

export function BrokenSettings({ computer }: { readonly computer: Computer }) {
  const { t } = useTranslation();
  const [problems] = useState(() => computer.problems());
  const [opened, setOpened] = useState(problems.length > 0);
  const seen = () => {
    setOpened(false);
    void computer.dismissProblems();
  };
  return (
    <Modal
      opened={opened}
      onClose={seen}
      title={t("host.problemTitle")}
      zIndex={600}
      padding="lg"
      classNames={DIALOG}
    >
      {problems.map(({ why, keptAs }) => (
        <div key={why} className={classes.problem}>
          <p className="freetext">{why}</p>
          {keptAs !== null && (
            <p>
              {t("host.problemKept")} <code className="mono">{keptAs}</code>
            </p>
          )}
        </div>
      ))}
      <p className={classes.problemHelp}>{t("host.problemHelp")}</p>
      <div className={classes.problemFoot}>
        <Button onClick={seen} data-autofocus>
          {t("host.problemSeen")}
        </Button>
      </div>
    </Modal>
  );
}
