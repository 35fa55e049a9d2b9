/** What uPlot is given, from a description of a chart. Drawing callbacks only; no state. */
import uPlot from "uplot";
import type { Tokens } from "../theme/tokens";
import type { ChartMarker, ChartSeries, ChartZoom } from "./description";
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
  readonly markers: () => readonly ChartMarker[];
  /** Asked anew at every drawing. */
  readonly zoom?: { readonly range: () => ChartZoom["range"]; readonly onRange: ChartZoom["onRange"] };
  readonly onCursor: (place: number | null, left: number) => void;
}

const AXIS_FONT = '400 11px "Figtree Variable", system-ui, sans-serif';
/** CSS pixels left of the plot for the axis. */
export const AXIS_WIDTH = 34;
/** CSS pixels below which a drag was a click. */
const LEAST_DRAG = 6;
const BAR = { width: 5.4, radius: 1.5 } as const;

export function chartOptions(plan: ChartPlan): uPlot.Options {
  const { tokens, series } = plan;
  const bars = series.some((one) => one.style === "bars");
  const right = series.some((one) => one.right);
  const scaleOf = (u: uPlot, side: boolean) => {
    const lines = u.data.slice(1).filter((_, at) => (series[at]?.right ?? false) === side);
    return yScale(maximum(lines as (number | null)[][]), side ? 1 : plan.least());
  };
  const axis = (side: boolean): uPlot.Axis => ({
    scale: side ? "right" : "y",
    side: side ? 1 : 3,
    size: AXIS_WIDTH,
    gap: 6,
    font: AXIS_FONT,
    stroke: tokens["text-3"],
    splits: (u) => [...scaleOf(u, side).ticks],
    values: (_u, ticks) => ticks.map(plan.axis),
    grid: { show: !side, stroke: tokens.line, width: 1 },
    ticks: { show: false },
  });
  const shownRange = (_u: uPlot, min: number | null, max: number | null): [number, number] => {
    const range = plan.zoom?.range();
    return range ? [range[0], range[1]] : [min ?? 0, max ?? 1];
  };
  const select = (u: uPlot) => {
    const { left, width } = u.select;
    if (width < LEAST_DRAG) return;
    plan.zoom?.onRange([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  };
  return {
    width: plan.width,
    height: plan.height,
    padding: [6, 6, 4, 0],
    legend: { show: false },
    scales: {
      x: { time: false, ...(bars && { range: roomForBars }), ...(plan.zoom && { range: shownRange }) },
      y: { range: (u) => [0, scaleOf(u, false).top] },
      ...(right && { right: { range: (u: uPlot): [number, number] => [0, scaleOf(u, true).top] } }),
    },
    axes: [{ show: false }, axis(false), ...(right ? [axis(true)] : [])],
    cursor: {
      x: true,
      y: false,
      drag: { x: plan.zoom !== undefined, y: false, setScale: false },
      ...(plan.zoom && {
        bind: {
          dblclick: () => () => {
            plan.zoom?.onRange(null);
            return null;
          },
        },
      }),
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
      draw: [(u) => drawMarkers(u, plan.markers(), tokens)],
      ...(plan.zoom && { setSelect: [select] }),
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
      // uPlot paints bars one by one only where it is given both.
      disp: { fill: { unit: 3, values: shades }, stroke: { unit: 3, values: shades } },
    });
    return { points: { show: false }, width: 0, stroke: colour, fill: colour, ...(bars && { paths: bars }) };
  }
  const scale = one.right ? { scale: "right" } : {};
  if (one.style === "baseline")
    return { ...scale, stroke: colour, width: 1, dash: [3, 3], spanGaps: false, points: { show: false } };
  return {
    ...scale,
    stroke: colour,
    width: one.dotted ? 2 : 1.75,
    spanGaps: false,
    points: {
      show: true,
      size: one.dotted ? 6.4 : 5,
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

/** Dashed lines with a word at their top. */
function drawMarkers(u: uPlot, markers: readonly ChartMarker[], tokens: Tokens): void {
  const { ctx, bbox } = u;
  const pixel = window.devicePixelRatio;
  ctx.save();
  ctx.lineJoin = "round";
  ctx.fillStyle = tokens["text-3"];
  ctx.font = AXIS_FONT.replace("11px", `${11 * pixel}px`);
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  for (const { at, label } of markers) {
    const x = u.valToPos(at, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = tokens["text-3"];
    ctx.lineWidth = pixel;
    ctx.setLineDash([2 * pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.strokeStyle = tokens.surface;
    ctx.lineWidth = 3 * pixel;
    ctx.setLineDash([]);
    const width = ctx.measureText(label).width;
    const fits = x + width + 8 * pixel < bbox.left + bbox.width;
    // Below the top line, with a rim, so that it can be read over any line.
    const [left, top] = [fits ? x + 4 * pixel : x - width - 4 * pixel, bbox.top + 3 * pixel];
    ctx.strokeText(label, left, top);
    ctx.fillText(label, left, top);
  }
  ctx.restore();
}
