/** All keys in one list. */
import { Kbd, Modal } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { COMMAND_KEY, GO_KEYS } from "../keys/keys";
import { closeOverlay, useOverlay } from "../state/overlay";
import classes from "./shortcut-list.module.css";
import { viewOf } from "./views";

export function ShortcutList() {
  const { t } = useTranslation();
  const opened = useOverlay() === "shortcuts";
  const rows: readonly (readonly [keys: readonly string[], what: string])[] = [
    [[COMMAND_KEY, "K"], t("palette.open")],
    [["?"], t("keys.list")],
    [["/"], t("keys.filter")],
    [["↑", "↓"], t("keys.choose")],
    [["Esc"], t("keys.close")],
    [["W"], t("act.warn")],
    [["M"], t("act.mute")],
    [["K"], t("act.kick")],
    [["B"], t("act.ban")],
  ];
  const views = Object.entries(GO_KEYS).flatMap(([key, id]) => {
    const view = viewOf(id);
    return view ? [[["G", key.toUpperCase()], t(`view.${view.id}`)] as const] : [];
  });
  return (
    <Modal opened={opened} onClose={closeOverlay} title={t("keys.title")} size={560} withCloseButton>
      <div className={classes.columns}>
        <Keys rows={rows} />
        <Keys rows={views} />
      </div>
    </Modal>
  );
}

function Keys({ rows }: { readonly rows: readonly (readonly [readonly string[], string])[] }) {
  return (
    <dl className={classes.list}>
      {rows.map(([keys, what]) => (
        <div key={what} className={classes.row}>
          <dt>{what}</dt>
          <dd>
            {keys.map((key) => (
              <Fragment key={key}>
                <Kbd>{key}</Kbd>{" "}
              </Fragment>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
