/** The list at the left: whom it is about, what for, by whom. */
import { FlagIcon } from "@phosphor-icons/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Report } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Tag } from "../../kit/tag";
import { PersonPortrait } from "../../people/person-portrait";
import { useNames } from "../../people/use-names";
import type { ReportGroup } from "./groups";
import classes from "./reports.module.css";

export interface ReportListProps {
  readonly groups: readonly ReportGroup[];
  readonly chosen: ReportGroup | undefined;
  readonly onChoose: (group: ReportGroup) => void;
}

export function ReportList({ groups, chosen, onChoose }: ReportListProps) {
  return (
    <ul>
      {groups.map((group) => (
        <Row key={group.newest.id} group={group} chosen={group === chosen} onChoose={onChoose} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly group: ReportGroup;
  readonly chosen: boolean;
  readonly onChoose: (group: ReportGroup) => void;
}

function Row({ group, chosen, onChoose }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const names = useNames();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { newest, reports } = group;
  const reason = reports.find((report) => report.reason !== "")?.reason ?? "";
  const reporters = [...new Set(reports.map((report) => report.reporter.name))];
  const open = newest.status === "open";
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={classes.item}
        aria-current={chosen || undefined}
        data-closed={!open || undefined}
        onClick={() => onChoose(group)}
      >
        <PersonPortrait person={newest.target.person} id={newest.target.playerId} size={32} />
        <span className={classes.itemWords}>
          <span className={classes.itemHead}>
            <b className="name" dir="auto">
              {newest.target.name}
            </b>
            <time dateTime={newest.at} title={format.full(newest.at)}>
              {open ? format.ago(newest.at, now) : format.moment(newest.closedAt ?? newest.at, now)}
            </time>
          </span>
          <span className={`${classes.itemReason} name`} dir="auto">
            {reason === "" ? t("reports.noWords") : reason}
          </span>
          <span className={classes.itemFoot}>
            <span className="name" dir="auto">
              {names(reporters)}
            </span>
            <Chip report={newest} count={reports.length} />
          </span>
        </span>
      </button>
    </li>
  );
}

/** At most one: how many there are, else whether they are still here, or how it ended. */
function Chip({ report, count }: { readonly report: Report; readonly count: number }) {
  const { t } = useTranslation();
  if (report.status !== "open") {
    return (
      <>
        <Tag tone={report.status === "resolved" ? "success" : "neutral"}>
          {t(`reports.closedAs.${report.status}`)}
        </Tag>
        {report.closedBy && <span className="name">{t("person.by", { name: report.closedBy.name })}</span>}
      </>
    );
  }
  if (count > 1) {
    return (
      <Tag tone="danger" icon={FlagIcon}>
        {t("reports.many", { count })}
      </Tag>
    );
  }
  if (report.target.sessionId === null) return <Tag>{t("reports.left")}</Tag>;
  return report.target.person?.kind === "account" ? <Tag>{t("kind.account")}</Tag> : null;
}
