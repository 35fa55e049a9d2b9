/** A first look at a full world, for a host who has nobody to fill it with yet. */
import { UsersThreeIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { LoadTestRun, LoadTestTerms } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { useAttempt } from "../../kit/use-attempt";
import { botLanguage } from "./language";
import classes from "./loadtest.module.css";
import { fullBody } from "./plan";

export interface ShowFullProps {
  readonly terms: LoadTestTerms;
  readonly running: boolean;
  readonly onStarted: (run: LoadTestRun) => void;
}

export function ShowFull({ terms, running, onStarted }: ShowFullProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { api } = useAdmin();
  const { busy, attempt } = useAttempt();
  const body = fullBody(terms, botLanguage(i18n.language));
  const start = () => attempt(async () => onStarted((await calls.startLoadTest(api, body)).run));
  return (
    <section className={classes.full} aria-labelledby="load-test-full">
      <h2 id="load-test-full">{t("loadtest.full.title")}</h2>
      <p className={classes.hint} id="load-test-full-help">
        {t("loadtest.full.help", {
          count: body.clients ?? 0,
          span: format.span(body.durationMs ?? 0),
        })}
      </p>
      <ActionButton
        right="load-test"
        variant="default"
        why={running ? t("loadtest.underWay") : null}
        loading={busy}
        leftSection={<UsersThreeIcon size={15} weight="fill" />}
        onClick={() => void start()}
      >
        {t("loadtest.full.start")}
      </ActionButton>
    </section>
  );
}
