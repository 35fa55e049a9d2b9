/** The server does not answer. In the desktop program its settings may be why, so they are one step away. */
import { Anchor } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Platform } from "../../platform";
import { AccessPage } from "../brand/access-page";
import { Failed } from "../kit/states";
import { ComputerPage } from "../views/computer/computer-page";

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
    return <ComputerPage computer={computer} server={server} onBack={() => setSettingsShown(false)} />;
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
