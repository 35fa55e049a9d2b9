/** When somebody was here, how each visit ended, and under which names. */
import { useTranslation } from "react-i18next";
import type { PersonRecord } from "../contract";
import { useFormat, useQuarterMinute } from "../format/use-format";
import classes from "./person-drawer.module.css";
import { Section } from "./section";

/** Visits shown; the sum is of all. */
const SHOWN = 6;

export function Visits({ record }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { visits, visitTotals } = record;
  return (
    <Section
      title={t("person.visits")}
      count={
        visitTotals.count > 0
          ? t("person.visitsAll", { count: visitTotals.count, span: format.span(visitTotals.totalMs) })
          : undefined
      }
    >
      {visits.length === 0 && <p className={classes.none}>{t("person.visitsNone")}</p>}
      <ul className={classes.list}>
        {visits.slice(0, SHOWN).map((visit) => (
          <li key={visit.id} className={classes.line}>
            <time dateTime={visit.beganAt} title={format.full(visit.beganAt)}>
              {format.moment(visit.beganAt, now)}
            </time>
            <span className={classes.by}>
              {format.span(Date.parse(visit.endedAt) - Date.parse(visit.beganAt))},{" "}
              {t(`person.how.${visit.how}`)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Only where there is more than the one that stands above. */
export function Names({ record: { name, names } }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (names.every((each) => each.name === name)) return null;
  return (
    <Section title={t("person.names")} count={format.count(names.length)}>
      <ul className={classes.list}>
        {names.map((each) => (
          <li key={each.name} className={classes.line}>
            <time dateTime={each.lastSeenAt} title={format.full(each.lastSeenAt)}>
              {format.moment(each.lastSeenAt, now)}
            </time>
            <span className="freetext" dir="auto">
              {each.name}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
