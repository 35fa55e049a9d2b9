/** Dialogs that reach everybody: a word to all, and the end of all sessions. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../access/admin";
import * as calls from "../api/calls";
import { useDone } from "../kit/use-done";
import { DialogFrame } from "./dialog-frame";
import { ReasonField, WordsField } from "./fields";
import { PinField } from "./pin-field";

export function AnnounceDialog() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const [message, setMessage] = useState("");
  const [pinMinutes, setPinMinutes] = useState<number | null>(null);
  return (
    <DialogFrame
      question={t("announce.question")}
      consequence={t("announce.consequence", { count: players })}
      verb={t("act.announce")}
      tone="plain"
      right="announce"
      multiline
      incomplete={message.trim() === "" ? t("announce.empty") : null}
      onSubmit={async () => {
        const { action, recipients } = await calls.announce(api, message, pinMinutes);
        done(t("announce.done", { count: recipients }), action);
      }}
    >
      <WordsField label={t("announce.label")} value={message} onChange={setMessage} />
      <PinField value={pinMinutes} onChange={setPinMinutes} />
    </DialogFrame>
  );
}

/** Asks for a word to be typed: the one dialog a hasty Enter must not get through. */
export function KickAllDialog() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const [reason, setReason] = useState("");
  const [word, setWord] = useState("");
  const expected = t("kickAll.word");
  return (
    <DialogFrame
      question={t("kickAll.question", { count: players })}
      consequence={t("kickAll.consequence")}
      verb={t("kickAll.verb")}
      tone="danger"
      right="kick-all"
      incomplete={
        word.trim().toLowerCase() === expected.toLowerCase()
          ? null
          : t("kickAll.confirmFirst", { word: expected })
      }
      onSubmit={async () => {
        const { action, count } = await calls.kickAll(api, reason);
        done(t("kickAll.done", { count }), action);
      }}
    >
      <ReasonField value={reason} onChange={setReason} />
      <TextInput
        label={t("kickAll.confirm", { word: expected })}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
        autoComplete="off"
      />
    </DialogFrame>
  );
}
