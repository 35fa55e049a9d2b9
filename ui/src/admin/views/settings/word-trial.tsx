/** Below the word list: what it would find in a line, before it is saved. */
import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { CheckIcon, ProhibitIcon } from "@phosphor-icons/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { tryWords } from "../../api/calls";
import { sentenceOf } from "../../api/client";
import type { WordTrialAnswer } from "../../contract";
import { Tag } from "../../kit/tag";
import classes from "./word-trial.module.css";

/** How long somebody has to pause before the server is asked, ms. */
const PAUSE_MS = 250;
/** Longest line that is tried, in characters; the server asks for the same. */
const LONGEST = 500;

export function WordTrial({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [line, setLine] = useState("");
  const [asked] = useDebouncedValue(`${line.trim()}\n${words}`, PAUSE_MS);
  const [answer, setAnswer] = useState<WordTrialAnswer | string | null>(null);

  useEffect(() => {
    const end = asked.indexOf("\n");
    const text = asked.slice(0, end);
    if (text === "") {
      setAnswer(null);
      return;
    }
    const leaving = new AbortController();
    tryWords(api, { text, words: asked.slice(end + 1) }, leaving.signal).then(setAnswer, (error: unknown) => {
      if (!leaving.signal.aborted) setAnswer(sentenceOf(error));
    });
    return () => leaving.abort();
  }, [api, asked]);

  return (
    <div className={classes.trial}>
      <TextInput
        label={t("settings.trial.label")}
        value={line}
        onChange={(event) => setLine(event.currentTarget.value)}
        maxLength={LONGEST}
        autoComplete="off"
        dir="auto"
        {...(typeof answer === "string" && { error: answer })}
      />
      <p role="status" className={classes.answer}>
        {answer !== null && typeof answer !== "string" && (
          <>
            <Verdict how={t("settings.trial.exact")} found={answer.exact} />
            <Verdict how={t("settings.trial.folded")} found={answer.folded} />
          </>
        )}
      </p>
    </div>
  );
}

function Verdict({ how, found }: { readonly how: string; readonly found: string | null }) {
  const { t } = useTranslation();
  return (
    <span>
      {how}:{" "}
      {found === null ? (
        <Tag tone="success" icon={CheckIcon}>
          {t("settings.trial.passes")}
        </Tag>
      ) : (
        <Tag tone="warn" icon={ProhibitIcon}>
          {t("settings.trial.found", { word: found })}
        </Tag>
      )}
    </span>
  );
}
