/**
 * Says that an action worked, for five seconds at the bottom left, with a way to take it back where there is one.
 */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import { undo } from "../api/calls";
import { sentenceOf } from "../api/client";
import type { ActionEntry } from "../contract";
import classes from "./use-done.module.css";

export const UNDO_MS = 5000;

export type Done = (text: string, action?: ActionEntry) => void;

export function useDone(): Done {
  const { t } = useTranslation();
  const { api } = useAdmin();
  return useCallback(
    (text, action) => {
      const id = action?.id ?? crypto.getRandomValues(new Uint32Array(1)).join();
      const takeBack = async () => {
        notifications.hide(id);
        if (!action) return;
        try {
          await undo(api, action.id);
          notify(t("undo.done"));
        } catch (error) {
          complain(sentenceOf(error));
        }
      };
      notifications.show({
        id,
        autoClose: UNDO_MS,
        withCloseButton: false,
        className: classes.toast ?? "",
        message: (
          <div className={classes.row}>
            <span className="freetext">{text}</span>
            {action?.undoable && (
              <Button variant="subtle" size="compact-sm" onClick={takeBack}>
                {t("undo.verb")}
              </Button>
            )}
            <span className={classes.hairline} aria-hidden="true" />
          </div>
        ),
      });
    },
    [api, t],
  );
}

/** A word in passing. */
export function notify(text: string): void {
  notifications.show({
    message: text,
    autoClose: UNDO_MS,
    withCloseButton: false,
    className: classes.toast ?? "",
  });
}

/** Something that did not work and has no panel of its own. */
export function complain(text: string): void {
  notifications.show({
    message: text,
    color: "red",
    autoClose: 8000,
    withCloseButton: false,
    role: "alert",
    className: classes.toast ?? "",
  });
}
