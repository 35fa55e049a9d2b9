/**
 * What all dialogs share: a question with a portrait, a sentence on consequences, the fields, Cancel and the verb.
 *
 * While the request runs the fields stay as they are; when it fails the dialog stays open with the reason, and nothing
 * that was typed is lost.
 */
import { Button, Kbd, Modal } from "@mantine/core";
import { WarningCircleIcon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Right } from "../contract";
import { ActionButton } from "../kit/action-button";
import { useSubmit } from "../kit/use-submit";
import { TargetPortrait } from "../people/person-portrait";
import { closeDialog, type Target } from "../state/dialog";
import classes from "./dialog-frame.module.css";

export interface DialogFrameProps {
  readonly question: string;
  readonly consequence: ReactNode;
  readonly target?: Target;
  readonly verb: string;
  readonly tone: "danger" | "plain";
  readonly right: Right;
  /** Why the form cannot be sent as it is; `null` when it can. */
  readonly incomplete?: string | null;
  /** At the left of the buttons. */
  readonly instead?: ReactNode;
  /** Enter alone would write a new line: the key shown is another. */
  readonly multiline?: boolean;
  /** Rejects with a sentence; closes the dialog otherwise. */
  readonly onSubmit: () => Promise<void>;
  readonly children?: ReactNode;
}

export function DialogFrame(props: DialogFrameProps) {
  const { question, consequence, target, verb, tone, right, incomplete = null, onSubmit, children } = props;
  const { t } = useTranslation();
  const { busy, problem, submit } = useSubmit(async () => {
    if (incomplete !== null) throw new Error(incomplete);
    await onSubmit();
    closeDialog();
  });
  return (
    <Modal.Root opened onClose={closeDialog} size={440} centered returnFocus>
      <Modal.Overlay blur={0} color="var(--c-backdrop)" backgroundOpacity={1} />
      <Modal.Content radius="xl">
        <form className={classes.form} onSubmit={submit}>
          <div className={classes.head}>
            {target && <TargetPortrait target={target} size={40} />}
            <Modal.Title className={`${classes.question} freetext`}>{question}</Modal.Title>
          </div>
          <Modal.Body p={0} className={classes.consequence ?? ""}>
            {consequence}
          </Modal.Body>
          {children && <div className={classes.fields}>{children}</div>}
          {problem !== null && (
            <p className={classes.problem} role="alert">
              <WarningCircleIcon size={16} aria-hidden="true" />
              {problem}
            </p>
          )}
          <div className={classes.foot}>
            <span className={classes.instead}>{props.instead}</span>
            <Button variant="subtle" color="gray" rightSection={<Kbd>Esc</Kbd>} onClick={closeDialog}>
              {t("dialog.cancel")}
            </Button>
            <ActionButton
              right={right}
              type="submit"
              loading={busy}
              {...(tone === "danger" && { color: "red" })}
              rightSection={
                <Kbd className={classes.enter}>
                  {props.multiline ? t("dialog.ctrlEnter") : t("dialog.enter")}
                </Kbd>
              }
            >
              {verb}
            </ActionButton>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}
