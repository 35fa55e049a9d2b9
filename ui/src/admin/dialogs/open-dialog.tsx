/**
 * Shows the dialog that is open, if one is. The dialogs are fetched behind the first view, which needs none of them, and
 * are here before anybody reads far enough to press a button.
 */
import { type ComponentType, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { complain } from "../kit/use-done";
import { type DialogRequest, useDialog } from "../state/dialog";

type Dialogs = ComponentType<{ readonly dialog: DialogRequest }>;

export function OpenDialog() {
  const { t } = useTranslation();
  const dialog = useDialog();
  const isWanted = dialog !== null;
  const [Dialogs, setDialogs] = useState<Dialogs | null>(null);
  useEffect(() => {
    if (Dialogs) return;
    import("./dialogs").then(
      (file) => setDialogs(() => file.default),
      () => isWanted && complain(t("state.unreachable")),
    );
  }, [Dialogs, isWanted, t]);
  return dialog && Dialogs && <Dialogs dialog={dialog} />;
}
