/** One run: how far it is or how it ended, its figures, its charts, what went wrong. */
import { Progress } from "@mantine/core";
import { WarningIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { LoadTestDetail, LoadTestDoubt, LoadTestReport, LoadTestRun, LoadTestWhy } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { LoadingRows } from "../../kit/states";
import { Tag, type Tone } from "../../kit/tag";
import { useResource } from "../../kit/use-resource";
import { WhenRead } from "../../kit/when-read";
import { Comparison } from "./comparison";
import { ErrorTable } from "./error-table";
import { RunFigures } from "./figures";
import { Latencies } from "./latencies";
import classes from "./loadtest.module.css";
import { RunCharts } from "./run-charts";
import { isOver } from "./series";
import { unequalParts } from "./unequal";
import { useRun } from "./use-run";

const TONES: Readonly<Record<LoadTestRun["state"], Tone>> = {
  running: "accent",
  stopping: "accent",
  completed: "success",
  stopped: "warn",
  failed: "danger",
};

export interface RunViewProps {
  readonly id: string;
  readonly baseline: LoadTestRun | null;
}

export function RunView({ id, baseline }: RunViewProps) {
  const { t } = useTranslation();
  return (
    <WhenRead
      loaded={useRun(id)}
      failed={t("loadtest.failed")}
      waiting={<LoadingRows height={120} rows={3} />}
    >
      {(detail) =>
        baseline === null ? (
          <Shown detail={detail} baseline={null} />
        ) : (
          <Compared detail={detail} baseline={baseline} />
        )
      }
    </WhenRead>
  );
}

function Compared({ detail, baseline }: { readonly detail: LoadTestDetail; readonly baseline: LoadTestRun }) {
  const { api } = useAdmin();
  const { resource } = useResource(`load-test ${baseline.id}`, (signal) =>
    calls.loadTest(api, baseline.id, signal),
  );
  return <Shown detail={detail} baseline={resource.kind === "ready" ? resource.value : null} />;
}

interface ShownProps {
  readonly detail: LoadTestDetail;
  readonly baseline: LoadTestDetail | null;
}

function Shown({ detail, baseline }: ShownProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { run, report, seconds } = detail;
  // It ended before it measured anything; why is all there is to say.
  const nothing = isOver(run) && report === null && seconds.length === 0;
  const doubt = (it: LoadTestDoubt | string) => {
    if (typeof it === "string") return it;
    switch (it.code) {
      case "generator-busy":
        return t("loadtest.doubt.generator-busy", { percent: format.percent(it.percent) });
      case "sent-late":
        return t("loadtest.doubt.sent-late", { late: format.count(it.late), sent: format.count(it.sent) });
    }
  };
  return (
    <div className={classes.run}>
      <Head detail={detail} />
      {run.why && run.why.code !== "stopped-by-host" && <Why run={run} why={run.why} />}
      {report && !report.valid && (
        <p className={classes.banner} role="note">
          <WarningIcon size={16} weight="fill" aria-hidden="true" />
          {t("loadtest.invalid", { why: doubtsOf(report).map(doubt).join("; ") })}
        </p>
      )}
      {!nothing && <RunFigures detail={detail} />}
      {!nothing && <RunCharts run={run} seconds={seconds} baseline={baseline} />}
      {baseline?.run.figures && run.figures && (
        <Comparison
          now={run.figures}
          then={baseline.run.figures}
          at={baseline.run.startedAt}
          unequal={unequalParts(run.plan, baseline.run.plan)}
        />
      )}
      {report && <Latencies report={report} />}
      {!nothing && <ErrorTable detail={detail} />}
    </div>
  );
}

/** Runs of old versions have sentences only. */
function doubtsOf({ doubts, invalidBecause }: LoadTestReport): readonly (LoadTestDoubt | string)[] {
  return doubts.length > 0 ? doubts : invalidBecause;
}

function Head({ detail: { run, seconds } }: { readonly detail: LoadTestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { plan } = run;
  const at = seconds.at(-1)?.atS ?? 0;
  const planned = plan.durationMs / 1000;
  const live = !isOver(run);
  const other = useMirror(({ server, nodes }) =>
    server.node === run.node ? undefined : nodes.find(({ id }) => id === run.node),
  );
  const own = other ? t("loadtest.node", { address: other.address ?? other.id }) : t("loadtest.own");
  const target = plan.own ? own : plan.targetUrl;
  return (
    <header className={classes.runHead}>
      <div className={classes.state}>
        <h2>
          <Tag tone={TONES[run.state]}>{t(`loadtest.state.${run.state}`)}</Tag>
        </h2>
        {live ? (
          <span>
            {t("loadtest.progress", {
              now: format.span(Math.min(at, planned) * 1000),
              all: format.span(plan.durationMs),
            })}
            {", "}
            {at >= planned || run.state === "stopping"
              ? t("loadtest.leaving")
              : t("loadtest.left", { span: format.span((planned - Math.floor(at)) * 1000) })}
          </span>
        ) : (
          <time dateTime={run.startedAt} title={format.full(run.startedAt)}>
            {format.moment(run.startedAt, now)}
            {run.endedAt !== null &&
              `, ${t("loadtest.took", { span: format.span(Date.parse(run.endedAt) - Date.parse(run.startedAt)) })}`}
          </time>
        )}
        <span className={classes.what}>
          {t("loadtest.what", {
            clients: format.count(plan.clients),
            mode: t(`loadtest.modes.${plan.mode}`).toLocaleLowerCase(),
            update: format.count(plan.updateIntervalMs),
            target,
          })}
          {plan.crowd.shape !== "steady" &&
            `, ${t(`loadtest.shapes.${plan.crowd.shape}`).toLocaleLowerCase()}`}
          {plan.crowd.spread !== "even" && `, ${t(`loadtest.spreadWords.${plan.crowd.spread}`)}`}
          {", "}
          <span className="freetext" dir="auto">
            {t("loadtest.by", { name: run.startedBy.name })}
          </span>
        </span>
      </div>
      {live && (
        <Progress
          value={Math.min(100, (at / planned) * 100)}
          size={6}
          radius={3}
          aria-label={t(`loadtest.state.${run.state}`)}
        />
      )}
    </header>
  );
}

function Why({ run, why }: { readonly run: LoadTestRun; readonly why: LoadTestWhy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = why.obstacle
    ? t(`loadtest.obstacle.${why.obstacle}`, { target: run.plan.targetUrl })
    : t(`loadtest.why.${why.code}`, {
        ms: why.ackP95Ms === null ? "" : format.count(why.ackP95Ms),
        limit: why.maxAckMs === null ? "" : format.count(why.maxAckMs),
      });
  return (
    <p className={classes.banner} role="note" title={why.message}>
      <WarningIcon size={16} weight="fill" aria-hidden="true" />
      {words}
    </p>
  );
}
