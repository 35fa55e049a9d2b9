/** Opens the dialog that says something to everybody. */
import { BroadcastIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { ActionButton } from "../kit/action-button";
import { openDialog } from "../state/dialog";

export function AnnounceButton() {
  const { t } = useTranslation();
  return (
    <ActionButton
      right="announce"
      variant="default"
      leftSection={<BroadcastIcon size={16} />}
      onClick={() => openDialog({ kind: "announce" })}
    >
      {t("act.announce")}
    </ActionButton>
  );
}
