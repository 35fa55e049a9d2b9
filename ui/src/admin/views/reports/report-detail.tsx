/** One report: who they are, what others say, what was said before, the record, and the answer. */
import { Button, Skeleton } from "@mantine/core";
import {
  ChatCircleDotsIcon,
  DoorIcon,
  HandIcon,
  MicrophoneSlashIcon,
  ProhibitIcon,
  UserFocusIcon,
} from "@phosphor-icons/react";
import { Trans, useTranslation } from "react-i18next";
import { useAdmin, useMirror, useMove } from "../../access/admin";
import * as calls from "../../api/calls";
import type { PersonRecord, PersonRef, Report } from "../../contract";
import { whenWords } from "../../format/until";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { BUILT_IN } from "../../harbour/built-in";
import { placeName } from "../../harbour/place-name";
import { Failed } from "../../kit/states";
import { Tag } from "../../kit/tag";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { Stale } from "../../kit/when-read";
import { EvidenceLines, useEvidence } from "../../people/evidence-lines";
import { PersonPastList } from "../../people/person-past";
import { PersonPortrait } from "../../people/person-portrait";
import { routeText } from "../../route/route";
import type { ReportGroup } from "./groups";
import { ReportAnswer } from "./report-answer";
import classes from "./reports.module.css";

export interface ReportDetailProps {
  readonly group: ReportGroup;
  readonly onPerson: (person: PersonRef) => void;
  /** The report is answered: the next one is wanted. */
  readonly onAnswered: () => void;
}

export function ReportDetail({ group, onPerson, onAnswered }: ReportDetailProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { newest } = group;
  const { person } = newest.target;
  const lastAction = useMirror((mirror) => mirror.actions[0]?.id ?? "");
  const { resource, reload } = useResource(
    person ? `${person.kind} ${person.subject}` : "",
    async (signal) => (person === null ? null : (await calls.record(api, person, signal)).record),
  );
  useReloadOn(lastAction, reload);
  const record = resource.kind === "ready" ? resource.value : null;
  return (
    <article className={classes.detail} aria-label={t("person.about", { name: newest.target.name })}>
      <div className={classes.scroll}>
        <Head report={newest} record={record} onPerson={onPerson} />
        <section className={classes.part}>
          {group.reports.map((report) => (
            <Complaint key={report.id} report={report} onPerson={onPerson} />
          ))}
        </section>
        <ReportEvidence report={newest} />
        {resource.kind === "loading" && (
          <div className={classes.part}>
            <Skeleton height={64} />
          </div>
        )}
        {resource.kind === "failed" && (
          <Failed what={t("person.failed")} message={resource.message} onRetry={reload} />
        )}
        <Stale of={resource} onRetry={reload} />
        {record && <Past record={record} onChanged={reload} />}
      </div>
      <ReportAnswer key={newest.id} group={group} record={record} onAnswered={onAnswered} />
    </article>
  );
}

interface HeadProps {
  readonly report: Report;
  readonly record: PersonRecord | null;
  readonly onPerson: (person: PersonRef) => void;
}

function Head({ report, record, onPerson }: HeadProps) {
  const { t } = useTranslation();
  const { target } = report;
  const { person } = target;
  return (
    <header className={classes.part}>
      <div className={classes.head}>
        <PersonPortrait person={person} id={target.playerId} size={56} />
        <div className={classes.who}>
          <h2 className="name" dir="auto" title={target.name}>
            {target.name}
          </h2>
          <Where sessionId={target.sessionId} />
        </div>
        {person && (
          <Button
            variant="default"
            leftSection={<UserFocusIcon size={16} />}
            onClick={() => onPerson(person)}
          >
            {t("reports.open")}
          </Button>
        )}
      </div>
      {record && <Chips record={record} />}
    </header>
  );
}

function Where({ sessionId }: { readonly sessionId: string | null }) {
  const { t } = useTranslation();
  const session = useMirror((mirror) => (sessionId === null ? undefined : mirror.sessions.get(sessionId)));
  const move = useMove(sessionId ?? "");
  const here = session?.joined ?? false;
  const position = move?.position ?? session?.position ?? null;
  const place = here && position ? BUILT_IN.areaAt(position) : null;
  return (
    <p className={classes.where}>
      {here && <span className={classes.dot} />}
      {!here && t("reports.away")}
      {here && (place === null ? t("reports.here") : t("reports.inside", { place: placeName(t, place) }))}
    </p>
  );
}

function Chips({ record }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { warnings, sanctions, visitTotals } = record;
  const mutes = sanctions.filter(({ type }) => type === "mute").length;
  const bans = sanctions.filter(({ type }) => type === "ban").length;
  return (
    <div className={classes.chips}>
      {warnings.length > 0 && (
        <Tag tone="warn" icon={HandIcon}>
          {t("reports.chip.warnings", { count: warnings.length })}
        </Tag>
      )}
      {mutes > 0 && (
        <Tag tone="warn" icon={MicrophoneSlashIcon}>
          {t("reports.chip.mutes", { count: mutes })}
        </Tag>
      )}
      <Tag icon={DoorIcon}>{t("reports.chip.visits", { count: visitTotals.count })}</Tag>
      <Tag>{t(`kind.${record.kind}`)}</Tag>
      {bans > 0 ? (
        <Tag tone="danger" icon={ProhibitIcon}>
          {t("reports.chip.bans", { count: bans })}
        </Tag>
      ) : (
        <Tag>{t("reports.chip.neverBanned")}</Tag>
      )}
      {record.firstSeenAt && (
        <time dateTime={record.firstSeenAt} title={format.full(record.firstSeenAt)}>
          {t("reports.firstSeen", { at: whenWords(t, format, record.firstSeenAt, now) })}
        </time>
      )}
    </div>
  );
}

interface ComplaintProps {
  readonly report: Report;
  readonly onPerson: (person: PersonRef) => void;
}

function Complaint({ report, onPerson }: ComplaintProps) {
  const format = useFormat();
  const now = useQuarterMinute();
  const { reporter, reason } = report;
  const { person } = reporter;
  return (
    <div className={classes.complaint}>
      <PersonPortrait person={person} id={reporter.playerId} size={28} />
      <p className="freetext">
        <Trans
          i18nKey={reason === "" ? "reports.silent" : "reports.wrote"}
          values={{ who: reporter.name, words: reason }}
          components={{
            who: person ? (
              <button type="button" className={classes.named} dir="auto" onClick={() => onPerson(person)} />
            ) : (
              <strong dir="auto" />
            ),
          }}
          shouldUnescape
        />
      </p>
      <time dateTime={report.at} title={format.full(report.at)}>
        {format.moment(report.at, now)}
      </time>
    </div>
  );
}

/** In the archive this many minutes around a report are its moment. */
function ReportEvidence({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const evidence = useEvidence(report.id);
  const lines = evidence.kind === "ready" ? (evidence.value ?? []) : [];
  const last = lines.findLast((line) => line.about);
  const href = routeText({
    view: "chat",
    query: { at: last?.at ?? report.at, ...(last && { line: last.id }) },
  });
  return (
    <section className={classes.part}>
      <div className={classes.partHead}>
        <h3>{t("evidence.title")}</h3>
        {lines.some((line) => !line.about) && <span>{t("reports.between")}</span>}
        <a href={href}>
          <ChatCircleDotsIcon size={15} aria-hidden="true" />
          {t("reports.moment")}
        </a>
      </div>
      <EvidenceLines
        evidence={evidence}
        marked={last && { id: last.id, label: t("reports.lastLine") }}
        none={t(evidence.kind === "ready" && evidence.value ? "evidence.silent" : "evidence.none")}
      />
      {last && (
        <p className={classes.later}>
          <time dateTime={report.at} title={format.full(report.at)}>
            {format.exactClock(report.at)}
          </time>
          <PersonPortrait person={report.reporter.person} id={report.reporter.playerId} size={20} />
          <span dir="auto">
            {t("reports.later", {
              who: report.reporter.name,
              span: format.span(Math.max(0, Date.parse(report.at) - Date.parse(last.at))),
            })}
          </span>
        </p>
      )}
    </section>
  );
}

interface PastProps {
  readonly record: PersonRecord;
  readonly onChanged: () => void;
}

function Past({ record, onChanged }: PastProps) {
  const { t } = useTranslation();
  const { warnings, kicks, sanctions } = record;
  return (
    <section className={`${classes.part} ${classes.record}`}>
      <div className={classes.partHead}>
        <h3>{t("person.record")}</h3>
        <span className={classes.end}>
          {t("reports.record", { count: warnings.length + kicks.length + sanctions.length })}
        </span>
      </div>
      <PersonPastList record={record} onChanged={onChanged} />
    </section>
  );
}
