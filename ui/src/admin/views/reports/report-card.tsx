/** One report: who, about whom, what; and what to do about it. */
import { Button, Menu, TextInput } from "@mantine/core";
import { CaretDownIcon, CheckIcon, FlagIcon } from "@phosphor-icons/react";
import { useEffect, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import { sentenceOf } from "../../api/client";
import type { PersonRef, Report, ReportStatus } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Tag } from "../../kit/tag";
import { complain, useDone } from "../../kit/use-done";
import { ActionItems } from "../../people/action-items";
import { PersonPortrait } from "../../people/person-portrait";
import { targetOfReported } from "../../people/target";
import classes from "./reports.module.css";

export interface ReportCardProps {
  readonly report: Report;
  /** The address names this one. */
  readonly pointed: boolean;
  readonly onPerson: (person: PersonRef) => void;
}

export function ReportCard({ report, pointed, onPerson }: ReportCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (pointed) card.current?.scrollIntoView({ block: "center" });
  }, [pointed]);
  const { target, reporter } = report;
  return (
    <article ref={card} className={classes.report} data-pointed={pointed || undefined}>
      <PersonPortrait person={target.person} id={target.playerId} size={40} />
      <div className={classes.words}>
        <p className={classes.head}>
          <Trans
            i18nKey="reports.line"
            values={{ who: reporter.name, whom: target.name }}
            components={{
              who: <Named person={reporter.person} onPerson={onPerson} />,
              whom: <Named person={target.person} onPerson={onPerson} />,
            }}
            shouldUnescape
          />
        </p>
        <p className={`${classes.reason} freetext`} dir="auto">
          {report.reason === "" ? t("reports.noWords") : report.reason}
        </p>
        <p className={classes.foot}>
          <time dateTime={report.at} title={format.full(report.at)}>
            {format.moment(report.at, now)}
          </time>
          <Standing report={report} />
        </p>
      </div>
      <Closing report={report} />
    </article>
  );
}

interface NamedProps {
  readonly person: PersonRef | null;
  readonly onPerson: (person: PersonRef) => void;
  readonly children?: React.ReactNode;
}

function Named({ person, onPerson, children }: NamedProps) {
  if (!person) return <strong dir="auto">{children}</strong>;
  return (
    <button type="button" className={classes.named} dir="auto" onClick={() => onPerson(person)}>
      {children}
    </button>
  );
}

function Standing({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  if (report.status === "open") {
    return (
      <>
        <Tag tone="danger" icon={FlagIcon}>
          {t("reports.status.open")}
        </Tag>
        {report.target.sessionId !== null && <span>{t("reports.here")}</span>}
      </>
    );
  }
  return (
    <>
      <Tag tone={report.status === "resolved" ? "success" : "neutral"} icon={CheckIcon}>
        {t(`reports.status.${report.status}`)}
      </Tag>
      <span className="freetext">
        {report.closedBy && t("person.by", { name: report.closedBy.name })}
        {report.note && `: ${report.note}`}
      </span>
    </>
  );
}

function Closing({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const close = async (status: ReportStatus) => {
    setBusy(true);
    try {
      const { action } = await calls.closeReport(api, report.id, status, note);
      setNote("");
      done(t(`reports.done.${status}`), action);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (report.status !== "open") {
    return (
      <div className={classes.actions}>
        <ActionButton right="reports" variant="subtle" loading={busy} onClick={() => void close("open")}>
          {t("reports.reopen")}
        </ActionButton>
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      <TextInput
        className={classes.note ?? ""}
        aria-label={t("reports.note")}
        placeholder={t("reports.note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        dir="auto"
      />
      <div className={classes.buttons}>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <Button variant="default" rightSection={<CaretDownIcon size={13} />}>
              {t("reports.act")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ActionItems target={targetOfReported(report.target)} />
          </Menu.Dropdown>
        </Menu>
        <ActionButton
          right="reports"
          variant="default"
          loading={busy}
          onClick={() => void close("dismissed")}
        >
          {t("reports.dismiss")}
        </ActionButton>
        <ActionButton right="reports" variant="light" loading={busy} onClick={() => void close("resolved")}>
          {t("reports.resolve")}
        </ActionButton>
      </div>
    </div>
  );
}
