/** The distributions of the whole run in numbers. */
import { useTranslation } from "react-i18next";
import type { LoadTestReport } from "../../contract";
import { useFormat } from "../../format/use-format";
import classes from "./loadtest.module.css";

const KINDS = ["arrival", "join", "update", "fanout", "near", "far", "age", "slow"] as const;
/** Runs of old versions do not have these, and few runs have slow lines. */
const SOMETIMES: ReadonlySet<string> = new Set(["arrival", "near", "far", "slow"]);
const COLUMNS = [
  ["p50", "p50Ms"],
  ["p90", "p90Ms"],
  ["p95", "p95Ms"],
  ["p99", "p99Ms"],
  ["max", "maxMs"],
] as const;

export function Latencies({ report }: { readonly report: LoadTestReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.panel} aria-labelledby="load-test-latencies">
      <h3 id="load-test-latencies">{t("loadtest.details")}</h3>
      <div className={classes.wide}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              {COLUMNS.map(([name]) => (
                <th key={name} scope="col">
                  {name}, ms
                </th>
              ))}
              <th scope="col">{t("loadtest.samples")}</th>
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => {
              const { summary } = report.latency[kind];
              if (summary === null && SOMETIMES.has(kind)) return null;
              return (
                <tr key={kind}>
                  <th scope="row">{t(`loadtest.latency.${kind}`)}</th>
                  {COLUMNS.map(([name, key]) => (
                    <td key={name}>{summary ? format.fine(summary[key]) : "-"}</td>
                  ))}
                  <td>{format.count(summary?.count ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
