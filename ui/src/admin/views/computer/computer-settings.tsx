/** Everything about this computer: where the world lies, how it is reached, how the program behaves. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Computer, ServerControl } from "../../../platform";
import { Failed, LoadingRows } from "../../kit/states";
import classes from "./computer.module.css";
import { NetworkSection } from "./network-section";
import { ProgramSection } from "./program-section";
import { ServerSection } from "./server-section";
import { useComputer } from "./use-computer";
import { TroubleSection, WorldSection } from "./world-section";

export interface ComputerSettingsProps {
  readonly computer: Computer;
  readonly server: ServerControl;
}

export function ComputerForm({ computer, server }: ComputerSettingsProps) {
  const { t } = useTranslation();
  const state = useComputer(computer);
  const { resource, reload } = state;
  if (resource.kind === "loading") return <LoadingRows />;
  if (resource.kind === "failed") {
    return <Failed what={t("computer.failed")} message={resource.message} onRetry={reload} />;
  }
  const settings = resource.value;
  const runs = server.state().kind === "running";
  return (
    <div className={classes.stack}>
      {settings.restartNeeded && runs && (
        <div className={classes.banner} role="status">
          <p>{t("computer.restartNeeded")}</p>
          <Button size="compact-sm" variant="default" onClick={() => void server.restart()}>
            {t("computer.restartNow")}
          </Button>
        </div>
      )}
      {settings.serverProblem !== null && (
        <div className={classes.banner} role="alert">
          <p>{settings.serverProblem}</p>
        </div>
      )}
      <NetworkSection computer={computer} settings={settings} onSaved={reload} />
      <WorldSection computer={computer} settings={settings} state={state} />
      <ProgramSection settings={settings} state={state} />
      <TroubleSection computer={computer} state={state} />
      <ServerSection computer={computer} settings={settings} onSaved={reload} />
    </div>
  );
}
