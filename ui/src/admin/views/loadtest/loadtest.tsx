/** Load tests: what one shall do, how it goes, what came of it, and how that compares with an earlier one. */
import { ChartLineUpIcon, RobotIcon, StopIcon } from "@phosphor-icons/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import { sentenceOf } from "../../api/client";
import { loadTests } from "../../api/lists";
import type { LoadTestRun, LoadTestTerms } from "../../contract";
import { ActionButton } from "../../kit/action-button";
import { Page } from "../../kit/page";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import { Tag } from "../../kit/tag";
import { complain } from "../../kit/use-done";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { Stale } from "../../kit/when-read";
import { routeText } from "../../route/route";
import { useRoute } from "../../route/use-route";
import { History } from "./history";
import classes from "./loadtest.module.css";
import { PlanForm } from "./plan-form";
import { RunMenu } from "./run-menu";
import { RunView } from "./run-view";
import { isOver } from "./series";
import { ShowFull } from "./show-full";

export default function LoadTest() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const current = useMirror((mirror) => mirror.loadTest);
  const running = current !== null && !isOver(current) ? current : null;
  const [terms, setTerms] = useState<LoadTestTerms | null>(null);
  const [baselineId, setBaselineId] = useState<string | null>(null);
  const pages = usePages<LoadTestRun>("load-tests", async (offset, limit, signal) => {
    const page = await loadTests(api, { offset, limit }, signal);
    setTerms(page.terms);
    return { total: page.total, items: page.runs };
  });
  useReloadOn(
    useMirror((mirror) => mirror.loadTest && `${mirror.loadTest.id} ${mirror.loadTest.state}`) ?? "",
    pages.reload,
  );
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    pages.reload,
  );
  // The address names the run that is shown; without one it is the newest.
  const asked = useRoute().item;
  const shownId = asked ?? running?.id ?? pages.items[0]?.id ?? null;
  const shown = pages.items.find(({ id }) => id === shownId) ?? (current?.id === shownId ? current : null);
  const baseline = pages.items.find(({ id }) => id === baselineId && id !== shownId) ?? null;
  const gone = pages.kind === "ready" && asked !== null && shown === null && pages.complete;
  useEffect(() => {
    if (gone) open(null);
  }, [gone]);
  return (
    <Page
      title={t("view.loadtest")}
      layout="fill"
      aside={<Bots />}
      actions={
        <>
          {shown && <RunMenu run={shown} onRemoved={() => open(null)} />}
          {running && <Stop run={running} />}
        </>
      }
    >
      <div className={classes.split} data-run-first={asked !== null || running !== null || undefined}>
        <div className={classes.side}>
          <div className={classes.order} data-again={pages.items.length > 0 || undefined}>
            {terms && <ShowFull terms={terms} running={running !== null} onStarted={({ id }) => open(id)} />}
            {terms && <PlanForm terms={terms} running={running !== null} onStarted={({ id }) => open(id)} />}
            {!terms && pages.kind === "loading" && <LoadingRows rows={6} />}
          </div>
          <Stale of={pages} onRetry={pages.reload} />
          <History
            pages={pages}
            shownId={shownId}
            baselineId={baselineId}
            onShow={open}
            onBaseline={setBaselineId}
          />
        </div>
        <div className={classes.main}>
          {pages.kind === "failed" && (
            <Failed what={t("loadtest.historyFailed")} message={pages.message} onRetry={pages.reload} />
          )}
          {pages.kind === "loading" && shownId === null && <LoadingRows height={120} rows={3} />}
          {shownId !== null && <RunView key={shownId} id={shownId} baseline={baseline} />}
          {pages.kind === "ready" && shownId === null && (
            <Empty icon={ChartLineUpIcon}>{t("loadtest.none")}</Empty>
          )}
        </div>
      </div>
    </Page>
  );
}

function open(id: string | null): void {
  window.location.hash = routeText({ view: "loadtest", item: id });
}

/** Machines are not people: they are counted apart, and never in the lantern's colour. */
function Bots() {
  const { t } = useTranslation();
  const bots = useMirror((mirror) => mirror.bots) ?? 0;
  if (bots === 0) return null;
  return <Tag icon={RobotIcon}>{t("loadtest.bots", { count: bots })}</Tag>;
}

function Stop({ run }: { readonly run: LoadTestRun }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [asked, setAsked] = useState<string | null>(null);
  const stopping = run.state === "stopping" || asked === run.id;
  const stop = async () => {
    setAsked(run.id);
    try {
      await calls.stopLoadTest(api, run.id);
    } catch (error) {
      setAsked(null);
      complain(sentenceOf(error));
    }
  };
  return (
    <ActionButton
      right="load-test"
      variant="default"
      loading={stopping}
      leftSection={<StopIcon size={15} weight="fill" />}
      onClick={() => void stop()}
    >
      {stopping ? t("loadtest.stopping") : t("loadtest.stop")}
    </ActionButton>
  );
}
