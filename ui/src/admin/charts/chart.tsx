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
  /** `baseline`: what another run measured, thin and dashed. */
  readonly style?: "line" | "bars" | "baseline";
  /** Against an axis of its own at the right. */
  readonly right?: boolean;
  /** Only the leading series of a chart. */
  readonly filled?: boolean;
  /** The newest value wears a dot. */
  readonly dotted?: boolean;
}

/** Something that happened at a time. */
export interface ChartMarker {
  readonly at: number;
  readonly label: string;
}

/** The part of the time axis that is shown, by all charts of a group; `null` for all of it. */
export interface ChartZoom {
  readonly range: readonly [number, number] | null;
  readonly onRange: (range: readonly [number, number] | null) => void;
}

export interface ChartProps {
  /** Charts of one group share the cursor. */
  readonly group: string;
  /** Seconds since 1970, or since the start of what is shown. */
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
  readonly markers?: readonly ChartMarker[];
  /** Makes the chart one to drag over. */
  readonly zoom?: ChartZoom;
  /** The table's button is there for everybody, not only with the focus. */
  readonly tabled?: boolean;
}

export function Chart(props: ChartProps) {
  const { group, times, series, least, height, axis, ends, moment, legend, label } = props;
  const { markers, zoom, tabled } = props;
  const range = zoom?.range ?? null;
  const zooms = zoom !== undefined;
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<{ readonly place: number; readonly left: number } | null>(null);
  const shape = series
    .map(({ colour, style, filled, dotted, right }) => [colour, style, filled, dotted, right].join())
    .join(";");
  const latest = useRef({ times, series, least, axis, zoom, markers });
  latest.current = { times, series, least, axis, zoom, markers };

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
      markers: () => latest.current.markers ?? [],
      ...(zooms && {
        zoom: {
          range: () => latest.current.zoom?.range ?? null,
          onRange: (range) => latest.current.zoom?.onRange(range),
        },
      }),
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
  }, [group, height, scheme, shape, zooms]);

  useEffect(() => {
    if (!document.hidden) plot.current?.setData(dataOf(times, series));
  }, [times, series, range, markers]);

  const read = cursor === null ? null : times[cursor.place];
  return (
    <figure className={classes.chart} aria-label={label}>
      <figcaption className={classes.legend}>{legend(cursor?.place ?? null)}</figcaption>
      <div className={classes.frame}>
        <div ref={holder} aria-hidden="true" style={{ height }} />
        <div
          className={classes.ends}
          data-right={series.some((one) => one.right) || undefined}
          aria-hidden="true"
        >
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
          {read !== undefined && read !== null && cursor && (
            <span className={classes.flag} style={{ left: cursor.left }}>
              {moment(read)}
            </span>
          )}
        </div>
      </div>
      <ChartTable
        times={times}
        series={series}
        axis={axis}
        moment={moment}
        label={label}
        shownAlways={tabled === true}
      />
    </figure>
  );
}

function dataOf(times: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}
