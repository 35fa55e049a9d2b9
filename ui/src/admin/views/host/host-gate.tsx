/**
 * In front of everything in the desktop program: shows the administration while its server runs, and the start page
 * while it does not. Where the server runs elsewhere it shows the administration.
 */
import { Fragment, type ReactNode, useState, useSyncExternalStore } from "react";
import type { Platform, ServerControl } from "../../../platform";
import { BrokenSettings } from "./broken-settings";
import { StartPage } from "./start-page";

export interface HostGateProps {
  readonly platform: Platform;
  readonly children: ReactNode;
}

export function HostGate({ platform, children }: HostGateProps) {
  const { server, computer } = platform;
  if (!server || !computer) return children;
  return (
    <>
      <Hosted server={server} platform={platform}>
        {children}
      </Hosted>
      <BrokenSettings computer={computer} />
    </>
  );
}

interface HostedProps extends HostGateProps {
  readonly server: ServerControl;
}

function Hosted({ server, platform, children }: HostedProps) {
  const state = useSyncExternalStore(server.subscribe, server.state);
  const [computerShown, setComputerShown] = useState(false);
  if (state.kind !== "running") {
    return (
      <StartPage
        state={state}
        server={server}
        platform={platform}
        computerShown={computerShown}
        onShowComputer={setComputerShown}
      />
    );
  }
  // Another server is another feed, under another address perhaps.
  return <Fragment key={state.startedAt}>{children}</Fragment>;
}
