/** What moderation remembers about a person: reports, last messages, sanctions and warnings, notes. */
import { Button, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import { sentenceOf } from "../api/client";
import type { PersonRecord } from "../contract";
import { useFormat, useQuarterMinute } from "../format/use-format";
import { ActionButton } from "../kit/action-button";
import { Tag, type Tone } from "../kit/tag";
import { complain } from "../kit/use-done";
import { type PastEntry, pastOf } from "./past";
import classes from "./person-drawer.module.css";

export interface PersonRecordProps {
  readonly record: PersonRecord;
  readonly onChanged: () => void;
}

export function PersonRecordSections({ record, onChanged }: PersonRecordProps) {
  return (
    <>
      <Reports record={record} />
      <Messages record={record} />
      <Past record={record} onChanged={onChanged} />
      <Notes record={record} onChanged={onChanged} />
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count?: string | undefined;
  readonly children: ReactNode;
}

function Section({ title, count, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h3>{title}</h3>
        {count !== undefined && <span>{count}</span>}
      </div>
      {children}
    </section>
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

const TONES: Readonly<Record<PastEntry["kind"], Tone>> = {
  ban: "danger",
  kick: "danger",
  mute: "warn",
  warning: "warn",
  banLifted: "success",
  muteLifted: "success",
};

function Past({ record, onChanged }: PersonRecordProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  const past = pastOf(record);
  const lift = async (kind: "ban" | "mute", id: string) => {
    try {
      await (kind === "ban" ? calls.unban(api, id) : calls.unmute(api, id));
      onChanged();
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  /** "for 10 min, by Mo, spam": what is known of it, in this order. */
  const tail = (entry: PastEntry) =>
    [
      "lengthMs" in entry &&
        (entry.lengthMs === null
          ? t("person.lengthForGood")
          : t("person.length", { span: format.span(entry.lengthMs) })),
      entry.by !== "" && t("person.by", { name: entry.by }),
      entry.words,
    ]
      .filter((part) => part !== "" && part !== false)
      .join(", ");
  return (
    <Section
      title={t("person.record")}
      count={
        record.firstSeenAt ? t("person.firstSeen", { at: format.moment(record.firstSeenAt, now) }) : undefined
      }
    >
      {past.length === 0 && <p className={classes.none}>{t("person.clean")}</p>}
      <ul className={classes.list}>
        {past.map((entry) => (
          <li key={entry.key} className={classes.line}>
            <time dateTime={entry.at} title={format.full(entry.at)}>
              {format.moment(entry.at, now)}
            </time>
            <span>
              <Tag tone={TONES[entry.kind]}>{t(`person.past.${entry.kind}`)}</Tag>{" "}
              <span className={`${classes.by} freetext`} dir="auto">
                {tail(entry)}
              </span>{" "}
              {entry.kind === "warning" && (
                <span className={classes.read}>
                  {entry.readAt === null
                    ? t("person.unread")
                    : t("person.read", { at: format.moment(entry.readAt, now) })}
                </span>
              )}
              {(entry.kind === "ban" || entry.kind === "mute") && entry.active && (
                <ActionButton
                  right={entry.kind}
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => void lift(entry.kind, entry.id)}
                >
                  {t("person.lift")}
                </ActionButton>
              )}
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
  const [busy, setBusy] = useState(false);
  const run = async (what: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await what();
      onChanged();
      return true;
    } catch (error) {
      complain(sentenceOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
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
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                onClick={() => run(() => calls.removeNote(api, note.id))}
              >
                {t("person.removeNote")}
              </Button>
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
