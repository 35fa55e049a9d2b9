/** Takes somebody's voice in the chat for a while. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import { useDone } from "../kit/use-done";
import type { Target } from "../state/dialog";
import { DialogFrame } from "./dialog-frame";
import { type Duration, durationOf, MUTE_PRESETS, minutesOf } from "./duration";
import { DurationField, ReasonField } from "./fields";

export interface MuteDialogProps {
  readonly target: Target;
  readonly reason?: string | undefined;
}

export function MuteDialog({ target, reason: brought = "" }: MuteDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [reason, setReason] = useState(brought);
  const [duration, setDuration] = useState<Duration>({ kind: "preset", minutes: 10 });
  const minutes = minutesOf(duration);
  return (
    <DialogFrame
      question={t("mute.question", { name: target.name })}
      consequence={t("mute.consequence")}
      target={target}
      verb={t("act.mute")}
      tone="plain"
      right="mute"
      incomplete={minutes === undefined ? t("duration.invalid") : null}
      onSubmit={async () => {
        if (minutes === undefined) return;
        const { action } = await mute(minutes);
        done(t("mute.done", { name: target.name }), action);
      }}
    >
      <ReasonField
        value={reason}
        onChange={setReason}
        onLength={(minutes) => setDuration(durationOf(minutes, MUTE_PRESETS))}
      />
      <DurationField value={duration} onChange={setDuration} presets={MUTE_PRESETS} />
    </DialogFrame>
  );

  /** The person, where known: it holds for every session of theirs, also one that just ended. */
  function mute(length: calls.Minutes) {
    if (target.person) return calls.mutePerson(api, target.person, reason, length);
    if (target.sessionId !== null) return calls.muteSession(api, target.sessionId, reason, length);
    throw new Error(t("why.gone"));
  }
}
