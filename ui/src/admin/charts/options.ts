/** What uPlot is told, from a description of a chart. Drawing callbacks only; no state. */
import uPlot from "uplot";
import type { Tokens } from "../theme/tokens";
import type { ChartSeries } from "./chart";
import { loners, maximum, yScale } from "./scale";

export interface ChartPlan {
  readonly group: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly series: readonly ChartSeries[];
  readonly tokens: Tokens;
  readonly least: () => number;
  readonly axis: (value: number) => string;
  readonly onCursor: (place: number | null, left: number) => void;
}

const AXIS_FONT = '400 11px "Figtree Variable", system-ui, sans-serif';
/** CSS pixels left of the plot for the axis. */
export const AXIS_WIDTH = 34;
const BAR = { width: 5.4, radius: 1.5 } as const;

export function chartOptions(plan: ChartPlan): uPlot.Options {
  const { tokens, series } = plan;
  const bars = series.some((one) => one.style === "bars");
  const scaleOf = (u: uPlot) => yScale(maximum(u.data.slice(1) as (number | null)[][]), plan.least());
  return {
    width: plan.width,
    height: plan.height,
    padding: [6, 6, 4, 0],
    legend: { show: false },
    scales: {
      x: { time: false, ...(bars && { range: roomForBars }) },
      y: { range: (u) => [0, scaleOf(u).top] },
    },
    axes: [
      { show: false },
      {
        size: AXIS_WIDTH,
        gap: 6,
        font: AXIS_FONT,
        stroke: tokens["text-3"],
        splits: (u) => [...scaleOf(u).ticks],
        values: (_u, ticks) => ticks.map(plan.axis),
        grid: { stroke: tokens.line, width: 1 },
        ticks: { show: false },
      },
    ],
    cursor: {
      x: true,
      y: false,
      drag: { x: false, y: false },
      sync: { key: plan.group },
      points: {
        size: 7,
        width: 2,
        fill: (_u, at) => tokens[series[at - 1]?.colour ?? "tide"],
        stroke: () => tokens.surface,
      },
    },
    series: [{}, ...series.map((one) => seriesOptions(one, tokens))],
    hooks: {
      setCursor: [(u) => plan.onCursor(u.cursor.idx ?? null, (u.cursor.left ?? 0) + u.over.offsetLeft)],
    },
  };
}

function seriesOptions(one: ChartSeries, tokens: Tokens): uPlot.Series {
  const colour = tokens[one.colour];
  if (one.style === "bars") {
    const shades = (u: uPlot, place: number) => {
      const count = u.data[place]?.length ?? 0;
      return Array.from({ length: count }, (_, at) => (at === count - 1 ? colour : faded(colour, 0.55)));
    };
    const bars = uPlot.paths.bars?.({
      size: [0.66, BAR.width],
      radius: BAR.radius / BAR.width,
      // uPlot paints bars one by one only where it is told both.
      disp: { fill: { unit: 3, values: shades }, stroke: { unit: 3, values: shades } },
    });
    return { points: { show: false }, width: 0, stroke: colour, fill: colour, ...(bars && { paths: bars }) };
  }
  return {
    stroke: colour,
    width: one.dotted ? 2 : 1.75,
    spanGaps: false,
    points: {
      show: true,
      size: one.dotted ? 6.4 : 3,
      fill: colour,
      stroke: colour,
      filter: (u, place) => {
        const values = Array.from(u.data[place] ?? []);
        const alone = loners(values);
        return one.dotted && values.length > 0 ? [...alone, values.length - 1] : alone;
      },
    },
    ...(one.filled && { fill: (u: uPlot) => fadingDown(u, colour) }),
  };
}

/** Half a bar more at both ends. */
function roomForBars(u: uPlot, min: number | null, max: number | null): [number, number] {
  const [from = 0, next = from + 1] = u.data[0];
  const half = (next - from) / 2;
  return [(min ?? 0) - half, (max ?? 1) + half];
}

function fadingDown(u: uPlot, colour: string): CanvasGradient {
  const fade = u.ctx.createLinearGradient(0, u.bbox.top, 0, u.bbox.top + u.bbox.height);
  fade.addColorStop(0, faded(colour, 0.2));
  fade.addColorStop(1, faded(colour, 0.02));
  return fade;
}

/** `#RRGGBB` with an opacity. */
function faded(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
