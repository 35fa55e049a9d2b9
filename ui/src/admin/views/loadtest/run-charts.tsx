/** The charts of a run: one time axis, one cursor and one zoom for all of them. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../../charts/chart";
import type { ChartMarker, ChartSeries } from "../../charts/description";
import type { LoadTestDetail, LoadTestRun, LoadTestSecond } from "../../contract";
import { useFormat } from "../../format/use-format";
import { chartsOf, type RunChart } from "./chart-list";
import classes from "./loadtest.module.css";
import { fullAt, type Grid, gridOf, isOver, lineOf } from "./series";

const HEIGHT = 150;

export interface RunChartsProps {
  readonly run: LoadTestRun;
  readonly seconds: readonly LoadTestSecond[];
  readonly baseline: LoadTestDetail | null;
}

export function RunCharts({ run, seconds, baseline }: RunChartsProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const planned = isOver(run) ? 0 : run.plan.durationMs / 1000;
  const before = baseline?.seconds ?? NONE;
  const grid = useMemo(() => gridOf(seconds, before, planned), [seconds, before, planned]);
  const markers = useMemo(() => {
    const full = fullAt(seconds, run.plan.clients);
    const end = run.plan.durationMs / 1000;
    return [
      ...(full === null ? [] : [{ at: full, label: t("loadtest.allIn") }]),
      ...(seconds.some(({ atS }) => atS > end + 0.5) ? [{ at: end, label: t("loadtest.ends") }] : []),
    ];
  }, [seconds, run.plan, t]);
  const zoom = useMemo(() => ({ range, onRange: setRange }), [range]);
  return (
    <section className={classes.charts} aria-label={t("view.loadtest")}>
      <div className={classes.chartGrid}>
        {chartsOf(seconds).map((chart) => (
          <OneChart
            key={chart.id}
            chart={chart}
            grid={grid}
            seconds={seconds}
            before={before}
            markers={markers}
            zoom={zoom}
          />
        ))}
      </div>
      <p className={classes.zoomHint}>
        {range === null ? (
          t("loadtest.zoomHint")
        ) : (
          <Button variant="subtle" size="compact-sm" onClick={() => setRange(null)}>
            {t("loadtest.unzoom")}
          </Button>
        )}
      </p>
    </section>
  );
}

const NONE: readonly LoadTestSecond[] = [];

interface OneChartProps {
  readonly chart: RunChart;
  readonly grid: Grid;
  readonly seconds: readonly LoadTestSecond[];
  readonly before: readonly LoadTestSecond[];
  readonly markers: readonly ChartMarker[];
  readonly zoom: {
    readonly range: readonly [number, number] | null;
    readonly onRange: (range: readonly [number, number] | null) => void;
  };
}

function OneChart({ chart, grid, seconds, before, markers, zoom }: OneChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = useMemo(
    () => chart.lines.map((line) => ({ ...line, values: lineOf(seconds, grid, line.pick) })),
    [chart, seconds, grid],
  );
  const series = useMemo((): readonly ChartSeries[] => {
    const name = (line: (typeof lines)[number]) =>
      line.percentile ?? t(`loadtest.line.${line.word ?? "errors"}`);
    const own = lines.map((line) => ({
      name: name(line),
      colour: line.colour,
      values: line.values,
      ...(line.filled && { filled: true }),
      ...(line.right && { right: true }),
    }));
    if (before.length === 0) return own;
    const earlier = lines.map((line) => ({
      name: t("loadtest.before", { name: name(line) }),
      colour: line.colour,
      values: lineOf(before, grid, line.pick),
      style: "baseline" as const,
      ...(line.right && { right: true }),
    }));
    return [...own, ...earlier];
  }, [lines, before, grid, t]);
  const at = (second: number) => t("loadtest.at", { seconds: format.fine(second) });
  const [from, to] = zoom.range ?? [grid.times[0] ?? 0, grid.times.at(-1) ?? 1];
  const title = t(`loadtest.chart.${chart.id}`);
  return (
    <div className={classes.chart}>
      <Chart
        group="load-test"
        times={grid.times}
        series={series}
        least={chart.least}
        height={HEIGHT}
        axis={format.short}
        ends={[at(from), at(to)]}
        moment={at}
        markers={markers}
        zoom={zoom}
        tabled
        label={title}
        legend={(place) => (
          <div className={classes.legend}>
            <span className={classes.legendTitle}>{title}</span>
            <span className={classes.readout}>
              {lines.map((line, index) => {
                const value = place === null ? newest(line.values) : (line.values[place] ?? null);
                return (
                  <span key={series[index]?.name}>
                    <span className={classes.swatch} style={{ background: `var(--c-${line.colour})` }} />
                    {series[index]?.name} <strong>{value === null ? "-" : shown(value)}</strong>
                  </span>
                );
              })}
            </span>
          </div>
        )}
      />
    </div>
  );

  function shown(value: number): string {
    if (value >= 10_000) return format.short(value);
    if (Number.isInteger(value)) return format.count(value);
    return value < 1 ? format.fine(Math.round(value * 100) / 100) : format.measure(value);
  }
}

/** The newest second in which anything was measured. */
function newest(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
