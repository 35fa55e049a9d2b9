/** Two runs side by side, and how much one differs. */
import { WarningIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { LoadTestFigures } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import classes from "./loadtest.module.css";
import { deltaOf, FIGURES, type FigureKey } from "./series";
import type { PlanPart } from "./unequal";

const SHARES: ReadonlySet<FigureKey> = new Set<FigureKey>(["deliveredPercent", "serverCpuPercent"]);

const UNITS: Readonly<Partial<Record<FigureKey, string>>> = {
  joinP95Ms: "ms",
  updateP95Ms: "ms",
  fanoutP50Ms: "ms",
  fanoutP95Ms: "ms",
  fanoutP99Ms: "ms",
  cpuUsPerDelivery: "µs",
  arrivalP99Ms: "ms",
  nearP99Ms: "ms",
  farP99Ms: "ms",
  bytesPerStep: "B",
  bytesPerClient: "B/s",
};

export interface ComparisonProps {
  readonly now: LoadTestFigures;
  readonly then: LoadTestFigures;
  /** When the other one started, ISO 8601. */
  readonly at: string;
  /** In what their plans differ. */
  readonly unequal: readonly PlanPart[];
}

export function Comparison({ now, then, at, unequal }: ComparisonProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const moment = format.moment(at, useQuarterMinute());
  const shown = (key: FigureKey, value: number | null) => {
    if (value === null) return "-";
    if (SHARES.has(key)) return format.finePercent(value);
    const unit = UNITS[key];
    const number = value >= 1000 ? format.count(value) : format.fine(value);
    return unit === undefined ? number : `${number}\u00a0${unit}`;
  };
  const change = (key: FigureKey) => {
    const delta = deltaOf(key, now[key], then[key]);
    if (delta === null) return <td>-</td>;
    return (
      <td data-verdict={delta.verdict}>
        {delta.share !== null && `${format.change(delta.share)} `}
        {t(`loadtest.verdict.${delta.verdict}`)}
      </td>
    );
  };
  return (
    <section className={classes.panel} aria-labelledby="load-test-comparison">
      <h3 id="load-test-comparison">{t("loadtest.comparison", { at: moment })}</h3>
      {unequal.length > 0 && (
        <p className={classes.unequal}>
          <WarningIcon size={15} weight="fill" aria-hidden="true" />
          {t("loadtest.unequal", { what: list.format(unequal.map((part) => t(`loadtest.part.${part}`))) })}
        </p>
      )}
      <table className={`${classes.table} ${classes.compared}`}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("loadtest.now")}</th>
            <th scope="col">{t("loadtest.earlier")}</th>
            <th scope="col">{t("loadtest.change")}</th>
          </tr>
        </thead>
        <tbody>
          {FIGURES.map((key) => (
            <tr key={key}>
              <th scope="row">{t(`loadtest.figure.${key}`)}</th>
              <td>{shown(key, now[key])}</td>
              <td>{shown(key, then[key])}</td>
              {change(key)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
