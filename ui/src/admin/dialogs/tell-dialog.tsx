/** A word to one player alone, with the name of who says it: also the answer to a line of chat. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import { useDone } from "../kit/use-done";
import type { Target } from "../state/dialog";
import { DialogFrame } from "./dialog-frame";
import { WordsField } from "./fields";

export function TellDialog({ target }: { readonly target: Target }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [message, setMessage] = useState("");
  return (
    <DialogFrame
      question={t("tell.question", { name: target.name })}
      consequence={t("tell.consequence")}
      target={target}
      verb={t("tell.verb")}
      tone="plain"
      right="tell"
      multiline
      incomplete={message.trim() === "" ? t("tell.empty") : null}
      onSubmit={async () => {
        if (target.sessionId === null) throw new Error(t("why.gone"));
        const { action } = await calls.tell(api, target.sessionId, message);
        done(t("tell.done", { name: target.name }), action);
      }}
    >
      <WordsField label={t("tell.label")} value={message} onChange={setMessage} />
    </DialogFrame>
  );
}
