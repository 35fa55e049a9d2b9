/** Reports nobody has looked at yet. */
import { FlagIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { reports as loadReports } from "../../api/lists";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Tag } from "../../kit/tag";
import { useResource } from "../../kit/use-resource";
import { mergeReports } from "../reports/merge";
import classes from "./dashboard.module.css";

const SHOWN = 4;

export function WaitingPanel() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const count = useMirror((mirror) => mirror.openReports) ?? 0;
  const changed = useMirror((mirror) => mirror.reports);
  const { resource } = useResource("waiting", (signal) =>
    loadReports(api, { status: "open", limit: SHOWN }, signal),
  );
  const known = resource.kind === "ready" ? resource.value.reports : [];
  const open = mergeReports(known, changed?.values() ?? [], "open").slice(0, SHOWN);
  return (
    <section className={classes.panel} aria-labelledby="waiting">
      <div className={classes.panelHead}>
        <h2 id="waiting">{t("waiting.title")}</h2>
        {count > 0 && <Tag tone="danger">{t("waiting.reports", { count })}</Tag>}
        {count > 0 && <a href="#/reports">{t("waiting.open")}</a>}
      </div>
      {count === 0 && <p className={classes.calm}>{t("reports.none")}</p>}
      {open.map((report) => (
        <a key={report.id} className={classes.waiting} href={`#/reports/${report.id}`}>
          <FlagIcon size={15} weight="fill" aria-hidden="true" />
          <p>
            <span className="name" dir="auto" style={{ color: "inherit" }}>
              {t("waiting.reported", { who: report.reporter.name, whom: report.target.name })}
            </span>
            <span dir="auto">{report.reason}</span>
          </p>
          <time dateTime={report.at}>{format.ago(report.at, now)}</time>
        </a>
      ))}
    </section>
  );
}
