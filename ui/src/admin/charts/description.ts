/** What a chart shows, in plain values: the drawing, its table and the views that fill it speak in these. */
import type { ReactNode } from "react";
import type { TokenName } from "../theme/tokens";

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
  /** Left and right under the axis, and evenly between them. */
  readonly ends: readonly [string, ...string[]];
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
