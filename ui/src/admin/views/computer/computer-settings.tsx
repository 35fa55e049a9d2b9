/** Everything about this computer: where the world lies, how it is reached, how the program behaves. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Computer, ComputerSettings, ServerControl } from "../../../platform";
import { WhenRead } from "../../kit/when-read";
import classes from "./computer.module.css";
import { NetworkSection } from "./network-section";
import { ProgramSection } from "./program-section";
import { ServerSection } from "./server-section";
import { type ComputerState, useComputer } from "./use-computer";
import { TroubleSection, WorldSection } from "./world-section";

export interface ComputerSettingsProps {
  readonly computer: Computer;
  readonly server: ServerControl;
}

export function ComputerForm({ computer, server }: ComputerSettingsProps) {
  const { t } = useTranslation();
  const state = useComputer(computer);
  return (
    <WhenRead loaded={state} failed={t("computer.failed")}>
      {(settings) => <Sections computer={computer} server={server} settings={settings} state={state} />}
    </WhenRead>
  );
}

interface SectionsProps extends ComputerSettingsProps {
  readonly settings: ComputerSettings;
  readonly state: ComputerState;
}

function Sections({ computer, server, settings, state }: SectionsProps) {
  const { t } = useTranslation();
  const { reload } = state;
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
