/** What went wrong: each kind with its number, and the first ones in the words they came with. */
import { useTranslation } from "react-i18next";
import type { LoadTestDetail } from "../../contract";
import { useFormat } from "../../format/use-format";
import classes from "./loadtest.module.css";
import { isOver } from "./series";

const KINDS = ["connect", "disconnected", "protocol", "no-answer", "refused", "terminated"] as const;

function isKind(name: string): name is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === name);
}

export function ErrorTable({ detail: { run, seconds, report } }: { readonly detail: LoadTestDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const soFar = seconds.reduce((sum, second) => sum + second.errors, 0);
  const errors = report?.errors;
  const words = (kind: string) => {
    const [name = "", code] = kind.split(": ");
    return isKind(name) ? t(`loadtest.kinds.${name}`, { code }) : kind;
  };
  return (
    <section className={classes.panel} aria-labelledby="load-test-errors">
      <h3 id="load-test-errors">{t("loadtest.errorTable")}</h3>
      {!errors && <p>{soFar > 0 && !isOver(run) ? t("loadtest.reportLater") : t("loadtest.noErrors")}</p>}
      {errors && errors.total === 0 && <p>{t("loadtest.noErrors")}</p>}
      {errors && errors.total > 0 && (
        <div className={classes.wide}>
          <table className={`${classes.table} ${classes.errors}`}>
            <thead>
              <tr>
                <th scope="col">{t("loadtest.when")}</th>
                <th scope="col">{t("loadtest.error")}</th>
                <th scope="col">{t("loadtest.said")}</th>
                <th scope="col">{t("loadtest.count")}</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(errors.byKind).map(([kind, count]) => {
                const first = errors.samples.find((sample) => sample.kind === kind);
                return (
                  <tr key={kind}>
                    <td>{first ? t("loadtest.at", { seconds: format.fine(first.atS) }) : "-"}</td>
                    <th scope="row" className={classes.kind}>
                      {words(kind)}
                    </th>
                    {/* The sentence is as it came, from the server or from the run. */}
                    <td className="freetext" dir="auto" lang="en">
                      {first?.message ?? "-"}
                    </td>
                    <td>{format.count(count ?? 0)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
