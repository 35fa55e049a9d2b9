/** Says something to everybody, from where one reads what they say. */
import { TextInput } from "@mantine/core";
import { PaperPlaneRightIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance, useMe } from "../../access/admin";
import { LOCAL_HOST_ID } from "../../access/session";
import * as calls from "../../api/calls";
import { LONGEST_REASON } from "../../dialogs/fields";
import { ActionButton } from "../../kit/action-button";
import { Tag } from "../../kit/tag";
import { useDone } from "../../kit/use-done";
import { useSubmit } from "../../kit/use-submit";
import { PersonPortrait } from "../../people/person-portrait";
import classes from "./chat.module.css";

export function Compose() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const me = useMe();
  const hindrance = useHindrance("announce");
  const done = useDone();
  const [words, setWords] = useState("");
  const { busy, problem, submit, forget } = useSubmit(async () => {
    if (words.trim() === "") return;
    const { action, recipients } = await calls.announce(api, words);
    setWords("");
    done(t("announce.done", { count: recipients }), action);
  });
  return (
    <form className={classes.compose} onSubmit={submit}>
      {me.id !== LOCAL_HOST_ID && (
        <PersonPortrait person={{ kind: "account", subject: me.id }} id={me.id} size={32} />
      )}
      <TextInput
        className={classes.say ?? ""}
        aria-label={t("chat.say")}
        placeholder={hindrance ? t(`why.${hindrance}`) : t("chat.sayAs", { role: t(`chat.as.${me.role}`) })}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          forget();
        }}
        disabled={hindrance !== null}
        error={problem}
        rightSection={<Tag tone="accent">{t(`role.${me.role}`)}</Tag>}
        rightSectionWidth="auto"
        maxLength={LONGEST_REASON}
        autoComplete="off"
        dir="auto"
      />
      <ActionButton
        right="announce"
        type="submit"
        why={words.trim() === "" ? t("announce.empty") : null}
        loading={busy}
        leftSection={<PaperPlaneRightIcon size={16} weight="fill" />}
      >
        {t("chat.send")}
      </ActionButton>
    </form>
  );
}
