/** Axes: a round top and a few round steps between zero and it. Pure. */

export interface YScale {
  readonly top: number;
  /** From zero to `top`, ascending. */
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10] as const;
/** Aim: this many steps above zero. */
const WANTED = 3;

/** `least`: the top never goes below it, so that a quiet series does not fill the chart with noise. */
export function yScale(max: number, least: number): YScale {
  const high = Math.max(max, least, 1e-9);
  const rough = high / WANTED;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const count = Math.max(1, Math.ceil(high / step - 1e-9));
  return {
    top: round(step * count),
    ticks: Array.from({ length: count + 1 }, (_, place) => round(step * place)),
  };
}

/** Without the dust of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** The largest of several series; gaps do not count. */
export function maximum(series: readonly (readonly (number | null)[])[]): number {
  let max = 0;
  for (const values of series) for (const value of values) if (value !== null && value > max) max = value;
  return max;
}

/** Places of values that stand alone between gaps: a line would not show them. */
export function loners(values: readonly (number | null | undefined)[]): number[] {
  const known = (place: number) => values[place] !== null && values[place] !== undefined;
  return values.flatMap((_, place) =>
    known(place) && !known(place - 1) && !known(place + 1) ? [place] : [],
  );
}
