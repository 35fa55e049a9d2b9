/** The window while its server does not run: what is going on, why, and the one thing to do about it. */
import { Anchor, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Computer, HostFailure, HostState, Platform, ServerControl } from "../../../platform";
import { sentenceOf } from "../../api/client";
import { AccessPage } from "../../brand/access-page";
import type { Lantern } from "../../brand/brand";
import { complain, notify } from "../../kit/use-done";
import { useResource } from "../../kit/use-resource";
import { useUpdate } from "../../kit/use-update";
import { ComputerPage } from "../computer/computer-page";
import classes from "./host.module.css";
import { LogTail } from "./log-tail";

export type Resting = Exclude<HostState, { kind: "running" }>;

export interface StartPageProps {
  readonly state: Resting;
  readonly server: ServerControl;
  readonly platform: Platform;
  readonly computerShown: boolean;
  readonly onShowComputer: (shown: boolean) => void;
}

const LANTERN: Readonly<Record<Resting["kind"], Lantern>> = {
  starting: "starting",
  stopping: "out",
  stopped: "out",
  failed: "failed",
};

export function StartPage({ state, server, platform, computerShown, onShowComputer }: StartPageProps) {
  const { t } = useTranslation();
  const { computer } = platform;
  if (computer && computerShown) {
    return <ComputerPage computer={computer} server={server} onBack={() => onShowComputer(false)} />;
  }
  const saveDiagnostics = async () => {
    try {
      if (await computer?.saveDiagnostics()) notify(t("computer.diagnosticsSaved"));
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <AccessPage lantern={LANTERN[state.kind]}>
      <section className={classes.start} aria-live="polite" data-state={state.kind}>
        {state.kind === "failed" ? (
          <Failure failure={state} server={server} computer={computer} />
        ) : (
          <>
            <h1>{t(`host.${state.kind}`)}</h1>
            <p>{t(`host.${state.kind}Help`)}</p>
            {state.kind === "stopped" && (
              <div className={classes.verbs}>
                <Button size="sm" autoFocus onClick={() => void server.start()}>
                  {t("host.start")}
                </Button>
              </div>
            )}
          </>
        )}
      </section>
      {state.kind === "failed" && computer && <LogTail computer={computer} />}
      <footer className={classes.foot}>
        <Anchor component="button" size="sm" onClick={() => onShowComputer(true)}>
          {t("view.computer")}
        </Anchor>
        <Anchor component="button" size="sm" onClick={() => void saveDiagnostics()}>
          {t("computer.diagnostics")}
        </Anchor>
        <UpdateLink platform={platform} />
      </footer>
    </AccessPage>
  );
}

/** Also here: a world that a newer version has used opens in that one alone. */
function UpdateLink({ platform }: { readonly platform: Platform }) {
  const { t } = useTranslation();
  const update = useUpdate(platform);
  if (!update) return null;
  return (
    <Anchor component="button" size="sm" onClick={update.open}>
      {t("update.line", { version: update.version })}
    </Anchor>
  );
}

interface FailureProps {
  readonly failure: HostFailure;
  readonly server: ServerControl;
  readonly computer: Computer | null;
}

function Failure({ failure, server, computer }: FailureProps) {
  const { t } = useTranslation();
  const { busyPort, freePort } = failure;
  return (
    <>
      <h1>{t("host.failed")}</h1>
      <p role="alert">
        <FailureText failure={failure} />
      </p>
      <div className={classes.verbs}>
        {freePort !== null && (
          <Button size="sm" autoFocus onClick={() => void server.start(freePort)}>
            {t("host.startOn", { port: freePort })}
          </Button>
        )}
        <Button
          size="sm"
          variant={freePort === null ? "filled" : "default"}
          onClick={() => void server.start(busyPort ?? undefined)}
        >
          {busyPort === null ? t("host.retry") : t("host.retryOn", { port: busyPort })}
        </Button>
        {computer && failure.code.startsWith("folder-") && <ChooseFolder computer={computer} />}
      </div>
    </>
  );
}

/** Where the environment decides about the folder there is nothing to choose. */
function ChooseFolder({ computer }: { readonly computer: Computer }) {
  const { t } = useTranslation();
  const { resource } = useResource("folder", () => computer.settings());
  if (resource.kind !== "ready" || resource.value.dataDirFixed) return null;
  const choose = () => computer.chooseDataFolder().catch((error) => complain(sentenceOf(error)));
  return (
    <Button size="sm" variant="default" onClick={() => void choose()}>
      {t("host.chooseFolder")}
    </Button>
  );
}

function FailureText({ failure }: { readonly failure: HostFailure }) {
  const { t } = useTranslation();
  const { code, busyPort, freePort, message } = failure;
  if (code === "port-busy") {
    const help = freePort === null ? t("host.portBusyNoFree") : t("host.portBusyHelp", { free: freePort });
    return `${t("host.portBusy", { port: busyPort })} ${help}`;
  }
  if (code === "port-forbidden") return t("host.portForbidden");
  if (code === "folder-missing") return t("host.folderMissing", { folder: failure.folder });
  if (code === "folder-empty") return t("host.folderEmpty", { folder: failure.folder });
  return message;
}
