/**
 * A live chart: a thin layer between React and uPlot. The legend is the readout, hovering one chart of a group reads
 * all of them, and a table with the same numbers is there for who cannot see lines.
 */
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { TOKENS } from "../theme/tokens";
import classes from "./chart.module.css";
import { ChartTable } from "./chart-table";
import type { ChartProps, ChartSeries } from "./description";
import { chartOptions } from "./options";

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
          {ends.map((end, place) => (
            <span key={end} className={classes.end} data-last={place === ends.length - 1 || undefined}>
              {end}
            </span>
          ))}
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
