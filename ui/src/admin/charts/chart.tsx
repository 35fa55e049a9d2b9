/**
 * A live chart: a thin layer between React and uPlot. The legend is the readout, hovering one chart of a group reads
 * all of them, and a table with the same numbers is there for who cannot see lines.
 */
import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { TOKENS, type TokenName } from "../theme/tokens";
import classes from "./chart.module.css";
import { ChartTable } from "./chart-table";
import { chartOptions } from "./options";

export interface ChartSeries {
  readonly name: string;
  readonly colour: TokenName;
  /** `null` is a gap. */
  readonly values: readonly (number | null)[];
  readonly style?: "line" | "bars";
  /** Only the leading series of a chart. */
  readonly filled?: boolean;
  /** The newest value wears a dot. */
  readonly dotted?: boolean;
}

export interface ChartProps {
  /** Charts of one group share the cursor. */
  readonly group: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  /** The axis reaches at least this far. */
  readonly least: number;
  readonly height: number;
  readonly axis: (value: number) => string;
  /** Left and right under the axis. */
  readonly ends: readonly [string, string];
  /** The time under the cursor, as words. */
  readonly moment: (seconds: number) => string;
  /** Above the chart; gets the place that is read, `null` for the newest. */
  readonly legend: (place: number | null) => ReactNode;
  /** Says in words what the chart shows. */
  readonly label: string;
}

export function Chart(props: ChartProps) {
  const { group, times, series, least, height, axis, ends, moment, legend, label } = props;
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<{ readonly place: number; readonly left: number } | null>(null);
  const shape = series
    .map(({ colour, style, filled, dotted }) => [colour, style, filled, dotted].join())
    .join(";");
  const latest = useRef({ times, series, least, axis });
  latest.current = { times, series, least, axis };

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const options = chartOptions({
      group,
      width: element.clientWidth || 300,
      height,
      series: latest.current.series,
      tokens: TOKENS[scheme],
      least: () => latest.current.least,
      axis: (value) => latest.current.axis(value),
      onCursor: (place, left) => setCursor(place === null ? null : { place, left }),
    });
    const made = new uPlot(options, dataOf(latest.current.times, latest.current.series), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [group, height, scheme, shape]);

  useEffect(() => {
    if (!document.hidden) plot.current?.setData(dataOf(times, series));
  }, [times, series]);

  const read = cursor === null ? null : times[cursor.place];
  return (
    <figure className={classes.chart} aria-label={label}>
      <figcaption className={classes.legend}>{legend(cursor?.place ?? null)}</figcaption>
      <div className={classes.frame}>
        <div ref={holder} aria-hidden="true" style={{ height }} />
        <div className={classes.ends} aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
          {read !== undefined && read !== null && cursor && (
            <span className={classes.flag} style={{ left: cursor.left }}>
              {moment(read)}
            </span>
          )}
        </div>
      </div>
      <ChartTable times={times} series={series} axis={axis} moment={moment} label={label} />
    </figure>
  );
}

function dataOf(times: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}
