/** What moderation remembers about a person: reports, last messages, sanctions and warnings, notes. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import type { PersonRecord } from "../contract";
import { useFormat, useQuarterMinute } from "../format/use-format";
import { ActionButton } from "../kit/action-button";
import { useAttempt } from "../kit/use-attempt";
import classes from "./person-drawer.module.css";
import { PersonPast } from "./person-past";
import { Names, Visits } from "./person-visits";
import { Section } from "./section";

export interface PersonRecordProps {
  readonly record: PersonRecord;
  readonly onChanged: () => void;
}

export function PersonRecordSections({ record, onChanged }: PersonRecordProps) {
  return (
    <>
      <Reports record={record} />
      <Messages record={record} />
      <PersonPast record={record} onChanged={onChanged} />
      <Visits record={record} />
      <Names record={record} />
      <ReportsMade record={record} />
      <Notes record={record} onChanged={onChanged} />
    </>
  );
}

function Reports({ record: { reports } }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  if (reports.length === 0) return null;
  const open = reports.filter((report) => report.status === "open").length;
  return (
    <Section title={t("person.reports")} count={t("person.open", { count: open })}>
      <ul className={classes.list}>
        {reports.slice(0, 5).map((report) => (
          <li key={report.id} className="freetext">
            <strong>{report.reporter.name}</strong> {report.reason}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ReportsMade({ record: { reportsMade } }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (reportsMade.length === 0) return null;
  return (
    <Section title={t("person.reportsMade")} count={format.count(reportsMade.length)}>
      <ul className={classes.list}>
        {reportsMade.slice(0, 5).map((report) => (
          <li key={report.id} className={classes.line}>
            <time dateTime={report.at} title={format.full(report.at)}>
              {format.moment(report.at, now)}
            </time>
            <span className="freetext">
              <Trans
                i18nKey="person.madeAbout"
                values={{ whom: report.target.name, reason: report.reason }}
                components={{ b: <strong dir="auto" /> }}
                shouldUnescape
              />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Messages({ record: { messages } }: { readonly record: PersonRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  return (
    <Section title={t("person.messages")}>
      {messages.length === 0 && <p className={classes.none}>{t("person.silent")}</p>}
      <ul className={classes.list}>
        {messages.slice(0, 8).map((message) => (
          <li key={message.id} className={classes.line}>
            <time dateTime={message.timestamp} title={format.full(message.timestamp)}>
              {format.moment(message.timestamp, now)}
            </time>
            <span className={`freetext ${message.status === "removed" ? classes.removed : ""}`} dir="auto">
              {message.content}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Notes({ record, onChanged }: PersonRecordProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const [text, setText] = useState("");
  const { busy, attempt } = useAttempt();
  const run = (what: () => Promise<unknown>) =>
    attempt(async () => {
      await what();
      onChanged();
    });
  return (
    <Section title={t("person.notes")}>
      <ul className={classes.list}>
        {record.notes.map((note) => (
          <li key={note.id} className={classes.note}>
            <span className="freetext" dir="auto">
              {note.text}
            </span>
            <span className={classes.noteFoot}>
              {t("person.noteBy", { name: note.author.name, at: format.moment(note.at, now) })}
              <ActionButton
                right="notes"
                variant="subtle"
                color="gray"
                size="compact-xs"
                onClick={() => void run(() => calls.removeNote(api, note.id))}
              >
                {t("person.removeNote")}
              </ActionButton>
            </span>
          </li>
        ))}
      </ul>
      <form
        className={classes.noteForm}
        onSubmit={async (event) => {
          event.preventDefault();
          if (text.trim() !== "" && (await run(() => calls.addNote(api, record, text.trim())))) setText("");
        }}
      >
        <Textarea
          aria-label={t("person.writeNote")}
          placeholder={t("person.writeNote")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={1}
          maxRows={6}
          dir="auto"
        />
        {text.trim() !== "" && (
          <ActionButton right="notes" type="submit" loading={busy}>
            {t("person.addNote")}
          </ActionButton>
        )}
      </form>
    </Section>
  );
}
