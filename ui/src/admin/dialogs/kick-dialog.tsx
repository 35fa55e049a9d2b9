/** Ends one session. One field, Enter. */
import { Anchor } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import { useDone } from "../kit/use-done";
import { openDialog, type Target } from "../state/dialog";
import { DialogFrame } from "./dialog-frame";
import { ReasonField } from "./fields";

interface TargetDialogProps {
  readonly target: Target;
  /** Words brought along from the dialog this one was opened instead of. */
  readonly reason?: string | undefined;
  /** After it worked. */
  readonly onDone?: (() => void) | undefined;
}

export function KickDialog({ target, reason: brought = "", onDone }: TargetDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [reason, setReason] = useState(brought);
  return (
    <DialogFrame
      question={t("kick.question", { name: target.name })}
      consequence={t("kick.consequence")}
      target={target}
      verb={t("act.kick")}
      tone="danger"
      right="kick"
      instead={
        <Anchor
          component="button"
          type="button"
          fz="sm"
          onClick={() => openDialog({ kind: "ban", target, reason, ...(onDone && { onDone }) })}
        >
          {t("kick.banInstead")}
        </Anchor>
      }
      onSubmit={async () => {
        if (target.sessionId === null) throw new Error(t("why.gone"));
        const { action } = await calls.kick(api, target.sessionId, reason);
        done(t("kick.done", { name: target.name }), action);
        onDone?.();
      }}
    >
      <ReasonField value={reason} onChange={setReason} />
    </DialogFrame>
  );
}

export function WarnDialog({ target, reason: brought = "" }: TargetDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [message, setMessage] = useState(brought);
  return (
    <DialogFrame
      question={t("warn.question", { name: target.name })}
      consequence={t("warn.consequence")}
      target={target}
      verb={t("act.warn")}
      tone="plain"
      right="warn"
      incomplete={message.trim() === "" ? t("warn.empty") : null}
      onSubmit={async () => {
        if (target.sessionId === null) throw new Error(t("why.gone"));
        const { action } = await calls.warn(api, target.sessionId, message);
        done(t("warn.done", { name: target.name }), action);
      }}
    >
      <ReasonField value={message} onChange={setMessage} label={t("warn.label")} />
    </DialogFrame>
  );
}
