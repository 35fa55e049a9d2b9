/** The figures of a run at a glance: the last second while it goes on, the whole of it afterwards. */
import { useTranslation } from "react-i18next";
import type { LoadTestDetail } from "../../contract";
import { useFormat } from "../../format/use-format";
import { liveFigures } from "./live";
import classes from "./loadtest.module.css";

export function RunFigures({ detail }: { readonly detail: LoadTestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { run, seconds, report } = detail;
  const last = seconds.findLast((second) => second.sent > 0) ?? seconds.at(-1);
  const errors = run.figures?.errors ?? seconds.reduce((sum, second) => sum + second.errors, 0);
  const ms = (value: number | null | undefined) =>
    value === null || value === undefined ? "-" : `${format.measure(value)}\u00a0ms`;
  const live = run.figures === null ? liveFigures(seconds) : null;
  const share = live ? live.arrivedPercent : run.figures?.deliveredPercent;
  const perUpdate = live ? live.cpuUsPerDelivery : run.figures?.cpuUsPerDelivery;
  const near = run.figures ? run.figures.nearP99Ms : last?.near?.p99Ms;
  const arrival = run.figures?.arrivalP99Ms;
  const perStep = run.figures?.bytesPerStep;
  const lost = report ? lostOrDoubled(report.totals) : (live?.missing ?? null);
  const figures: readonly (readonly [string, string, boolean?])[] = [
    [
      t("loadtest.figure.deliveredPerSecond"),
      format.count(run.figures?.deliveredPerSecond ?? last?.delivered ?? 0),
    ],
    ...(share === null || share === undefined
      ? []
      : [[t("loadtest.figure.deliveredPercent"), format.finePercent(share)] as const]),
    [t("loadtest.figure.fanoutP99Ms"), ms(run.figures ? run.figures.fanoutP99Ms : last?.fanout?.p99Ms)],
    ...(near === null || near === undefined ? [] : [[t("loadtest.figure.nearP99Ms"), ms(near)] as const]),
    ...(arrival === null || arrival === undefined
      ? []
      : [[t("loadtest.figure.arrivalP99Ms"), ms(arrival)] as const]),
    [t("loadtest.figure.updateP95Ms"), ms(run.figures ? run.figures.updateP95Ms : last?.update?.p95Ms)],
    ...(perUpdate === null || perUpdate === undefined
      ? []
      : [[t("loadtest.figure.cpuUsPerDelivery"), `${format.fine(perUpdate)}\u00a0µs`] as const]),
    ...(perStep === null || perStep === undefined
      ? []
      : [[t("loadtest.figure.bytesPerStep"), `${format.measure(perStep)}\u00a0B`] as const]),
    ...(lost === null
      ? []
      : [[t(report ? "loadtest.lost" : "loadtest.missing"), format.count(lost), lost > 0] as const]),
    [t("loadtest.figure.errors"), format.count(errors), errors > 0],
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value, trouble]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-trouble={trouble || undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Totals = NonNullable<LoadTestDetail["report"]>["totals"];

function lostOrDoubled({ missing, deliveries }: Totals): number {
  return (
    missing.lastStates +
    missing.updates +
    missing.joined +
    missing.left +
    deliveries.duplicated +
    deliveries.reordered +
    deliveries.joinedDoubled +
    deliveries.leftDoubled
  );
}
