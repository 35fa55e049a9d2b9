/** The numbers of a chart as a table, for who cannot see lines. Shown on demand; its button appears with the focus. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./chart.module.css";
import type { ChartProps } from "./description";

/** More rows than this show less. */
const MOST_ROWS = 20;

interface ChartTableProps extends Pick<ChartProps, "times" | "series" | "axis" | "moment" | "label"> {
  /** The button does not wait for the focus. */
  readonly shownAlways: boolean;
}

export function ChartTable({ times, series, axis, moment, label, shownAlways }: ChartTableProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const every = Math.max(1, Math.ceil(times.length / MOST_ROWS));
  return (
    <div className={classes.asTable} data-shown={shownAlways || undefined}>
      <button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t("chart.table")}
      </button>
      {shown && (
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t("chart.at")}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((time, place) => {
              if ((times.length - 1 - place) % every !== 0) return null;
              return (
                <tr key={time}>
                  <th scope="row">{moment(time)}</th>
                  {series.map(({ name, values }) => {
                    const value = values[place];
                    return <td key={name}>{value === null || value === undefined ? "-" : axis(value)}</td>;
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
