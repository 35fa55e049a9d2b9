/** Save and discard, once there is something to save. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LeavingAsks } from "../../dialogs/leaving-asks";
import classes from "./computer.module.css";
import type { ServerDrafts } from "./use-drafts";

export function DraftFoot({ drafts }: { readonly drafts: ServerDrafts }) {
  const { t } = useTranslation();
  if (drafts.count === 0) return null;
  return (
    <div className={classes.foot}>
      <LeavingAsks unsaved={drafts.count} />
      <span>{t("computer.changed", { count: drafts.count })}</span>
      <Button variant="subtle" color="gray" onClick={drafts.discard}>
        {t("computer.discard")}
      </Button>
      <Button loading={drafts.busy} onClick={() => void drafts.save()}>
        {t("computer.saveChanges")}
      </Button>
    </div>
  );
}
