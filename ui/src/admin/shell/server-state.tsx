/** The small box under the wordmark: is the server well, since when, and on which port. */
import { useTranslation } from "react-i18next";
import { useAdmin, useFeedStatus, useMirror } from "../access/admin";
import type { Lantern } from "../brand/brand";
import { useFormat, useSecond } from "../format/use-format";
import { ServerMenu } from "../views/host/server-menu";
import classes from "./server-state.module.css";

type State = "starting" | "running" | "degraded" | "draining" | "lost";

const LANTERN: Readonly<Record<State, Lantern>> = {
  starting: "starting",
  running: "lit",
  degraded: "lit",
  draining: "out",
  lost: "out",
};

function useServerState(): State {
  const status = useFeedStatus().kind;
  const server = useMirror((mirror) => mirror.server);
  if (status === "lost" || status === "ended") return "lost";
  if (!server) return "starting";
  if (server.state === "draining") return "draining";
  return server.health === "degraded" ? "degraded" : "running";
}

export function useLantern(): Lantern {
  return LANTERN[useServerState()];
}

/** `wide`: tells everything also where the sidebar is narrow. */
export function ServerStatus({ wide = false }: { readonly wide?: boolean }) {
  const { t } = useTranslation();
  const { platform } = useAdmin();
  const state = useServerState();
  const server = useMirror((mirror) => mirror.server);
  const port = new URL(platform.gateway()).port;
  const box = (
    <>
      <span className={classes.state}>
        <span className={classes.dot} aria-hidden="true" />
        <span>{t(`server.${state}`)}</span>
      </span>
      <span className={classes.since}>
        {server && <Uptime since={server.startedAt} />}
        {port !== "" && t("server.port", { port })}
      </span>
    </>
  );
  if (platform.server) {
    return (
      <ServerMenu server={platform.server} className={classes.box ?? ""} state={state} wide={wide}>
        {box}
      </ServerMenu>
    );
  }
  return (
    <div className={classes.box} data-state={state} data-wide={wide || undefined}>
      {box}
    </div>
  );
}

function Uptime({ since }: { readonly since: string }) {
  const format = useFormat();
  const now = useSecond();
  return <>{format.span(now - Date.parse(since))}, </>;
}
