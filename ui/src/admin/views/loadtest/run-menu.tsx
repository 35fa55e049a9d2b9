/** What can be done with a run that is over: save it, delete it. */
import { Button, Modal } from "@mantine/core";
import { TrashIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import { exportLoadTest } from "../../api/files";
import type { LoadTestRun } from "../../contract";
import { ActionButton } from "../../kit/action-button";
import { ExportMenu } from "../../kit/export-menu";
import { notify } from "../../kit/use-done";
import { useSubmit } from "../../kit/use-submit";
import classes from "./loadtest.module.css";
import { isOver } from "./series";

const FORMATS = ["html", "png", "json", "csv"] as const;

export interface RunMenuProps {
  readonly run: LoadTestRun;
  readonly onRemoved: () => void;
}

export function RunMenu({ run, onRemoved }: RunMenuProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (!isOver(run)) return null;
  // Without a report there are only the seconds.
  const formats = run.figures === null ? FORMATS.filter((format) => format === "csv") : FORMATS;
  const dark = () => document.documentElement.dataset.mantineColorScheme === "dark";
  return (
    <>
      <ExportMenu
        file={(api, format) => exportLoadTest(api, run.id, { format, theme: dark() ? "dark" : "light" })}
        name="load-test"
        choices={formats.map((format) => [format, t(`loadtest.exports.${format}`)] as const)}
      />
      <ActionButton
        right="load-test"
        variant="default"
        leftSection={<TrashIcon size={16} />}
        onClick={() => setAsking(true)}
      >
        {t("loadtest.remove")}
      </ActionButton>
      {asking && (
        <RemoveDialog
          run={run}
          onClose={(removed) => {
            setAsking(false);
            if (removed) onRemoved();
          }}
        />
      )}
    </>
  );
}

interface RemoveDialogProps {
  readonly run: LoadTestRun;
  readonly onClose: (removed: boolean) => void;
}

function RemoveDialog({ run, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { busy, problem, submit } = useSubmit(async () => {
    await calls.removeLoadTest(api, run.id);
    notify(t("loadtest.removed"));
    onClose(true);
  });
  return (
    <Modal opened onClose={() => onClose(false)} title={t("loadtest.removeQuestion")} withCloseButton={false}>
      <form className={classes.dialog} onSubmit={submit}>
        <p>{t("loadtest.removeHelp")}</p>
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => onClose(false)} data-autofocus>
            {t("dialog.cancel")}
          </Button>
          <ActionButton right="load-test" type="submit" color="red" loading={busy}>
            {t("loadtest.remove")}
          </ActionButton>
        </div>
      </form>
    </Modal>
  );
}
