/** The server does not answer. In the desktop program its settings may be why, so they are one step away. */
import { Anchor } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Platform } from "../../platform";
import { AccessPage } from "../brand/access-page";
import { Failed } from "../kit/states";

/** Of the desktop program alone. */
const ComputerPage = lazy(async () => ({
  default: (await import("../views/computer/computer-page")).ComputerPage,
}));

export interface UnreachableProps {
  readonly platform: Platform;
  readonly message: string;
  readonly onRetry: () => void;
}

export function Unreachable({ platform, message, onRetry }: UnreachableProps) {
  const { t } = useTranslation();
  const [settingsShown, setSettingsShown] = useState(false);
  const { computer, server } = platform;
  if (computer && server && settingsShown) {
    return (
      <Suspense fallback={null}>
        <ComputerPage computer={computer} server={server} onBack={() => setSettingsShown(false)} />
      </Suspense>
    );
  }
  return (
    <AccessPage>
      <Failed what={t("access.unreachable")} message={message} onRetry={onRetry} />
      {computer && server && (
        <Anchor component="button" size="sm" onClick={() => setSettingsShown(true)}>
          {t("view.computer")}
        </Anchor>
      )}
    </AccessPage>
  );
}
