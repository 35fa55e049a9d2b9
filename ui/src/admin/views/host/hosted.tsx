/** What the desktop program shows: the page while its server runs, and the start page while it does not. */
import { Fragment, type ReactNode, useState, useSyncExternalStore } from "react";
import type { Computer, Platform, ServerControl } from "../../../platform";
import { BrokenSettings } from "./broken-settings";
import { StartPage } from "./start-page";

export interface HostedProps {
  readonly server: ServerControl;
  readonly computer: Computer;
  readonly platform: Platform;
  readonly children: ReactNode;
}

export default function Hosted({ computer, ...running }: HostedProps) {
  return (
    <>
      <WhileItRuns {...running} />
      <BrokenSettings computer={computer} />
    </>
  );
}

function WhileItRuns({ server, platform, children }: Omit<HostedProps, "computer">) {
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
