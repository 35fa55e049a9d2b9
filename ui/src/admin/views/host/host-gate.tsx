/**
 * In front of everything in the desktop program, which has a server and a computer to look after. Where the server runs
 * elsewhere it shows the administration, and loads nothing of that.
 */
import { lazy, type ReactNode, Suspense } from "react";
import type { Platform } from "../../../platform";

const Hosted = lazy(() => import("./hosted"));

export interface HostGateProps {
  readonly platform: Platform;
  readonly children: ReactNode;
}

export function HostGate({ platform, children }: HostGateProps) {
  const { server, computer } = platform;
  if (!server || !computer) return children;
  return (
    <Suspense fallback={null}>
      <Hosted server={server} computer={computer} platform={platform}>
        {children}
      </Hosted>
    </Suspense>
  );
}
