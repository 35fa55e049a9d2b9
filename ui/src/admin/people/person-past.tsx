/** What moderators did about a person, newest first, each with what was said before it. */
import {
  ArrowCounterClockwiseIcon,
  DoorOpenIcon,
  HandIcon,
  type Icon,
  MicrophoneSlashIcon,
  ProhibitIcon,
} from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import { sentenceOf } from "../api/client";
import type { PersonRecord } from "../contract";
import { whenWords } from "../format/until";
import { useFormat, useQuarterMinute } from "../format/use-format";
import { ActionButton } from "../kit/action-button";
import { Tag, type Tone } from "../kit/tag";
import { complain } from "../kit/use-done";
import { EvidenceLines, useEvidence } from "./evidence-lines";
import { type PastEntry, pastOf } from "./past";
import classes from "./person-drawer.module.css";
import { Section } from "./section";

const KINDS: Readonly<Record<PastEntry["kind"], readonly [Tone, Icon]>> = {
  ban: ["danger", ProhibitIcon],
  kick: ["danger", DoorOpenIcon],
  mute: ["warn", MicrophoneSlashIcon],
  warning: ["warn", HandIcon],
  banLifted: ["success", ArrowCounterClockwiseIcon],
  muteLifted: ["success", ArrowCounterClockwiseIcon],
};

export interface PersonPastProps {
  readonly record: PersonRecord;
  readonly onChanged: () => void;
}

export function PersonPast({ record, onChanged }: PersonPastProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  return (
    <Section
      title={t("person.record")}
      count={
        record.firstSeenAt
          ? t("person.firstSeen", { at: whenWords(t, format, record.firstSeenAt, now) })
          : undefined
      }
    >
      <PersonPastList record={record} onChanged={onChanged} />
    </Section>
  );
}

/** The entries alone, under whatever heading. */
export function PersonPastList({ record, onChanged }: PersonPastProps) {
  const { t } = useTranslation();
  const now = useQuarterMinute();
  const past = pastOf(record);
  return (
    <>
      {past.length === 0 && <p className={classes.none}>{t("person.clean")}</p>}
      <ul className={classes.list}>
        {past.map((entry) => (
          <Entry key={entry.key} entry={entry} now={now} onChanged={onChanged} />
        ))}
      </ul>
    </>
  );
}

interface EntryProps {
  readonly entry: PastEntry;
  /** The page's clock, ms. */
  readonly now: number;
  readonly onChanged: () => void;
}

function Entry({ entry, now, onChanged }: EntryProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const [tone, icon] = KINDS[entry.kind];
  const length = (ms: number | null) => (ms === null ? t("person.lengthForGood") : format.span(ms));
  const lift = async (kind: "ban" | "mute", id: string) => {
    try {
      await (kind === "ban" ? calls.unban(api, id) : calls.unmute(api, id));
      onChanged();
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  return (
    <li className={classes.line}>
      <time dateTime={entry.at} title={format.full(entry.at)}>
        {format.moment(entry.at, now)}
      </time>
      <span className={classes.act}>
        <Tag tone={tone} icon={icon}>
          {t(`person.past.${entry.kind}`)}
          {"lengthMs" in entry && ` ${length(entry.lengthMs)}`}
        </Tag>{" "}
        <span className={`${classes.by} freetext`} dir="auto">
          {tail()}
        </span>{" "}
        {entry.kind === "warning" && (
          <span className={classes.read}>
            {entry.readAt === null
              ? t("person.unread")
              : t("person.read", { at: whenWords(t, format, entry.readAt, now) })}
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
        {entry.act !== null && <EvidenceToggle act={entry.act} />}
      </span>
    </li>
  );

  /** "by Mo, spam": what is known of it. */
  function tail(): string {
    return [entry.by === "" ? "" : t("person.by", { name: entry.by }), entry.words]
      .filter((part) => part !== "")
      .join(", ");
  }
}

/** Asked for when somebody opens it: most acts are never questioned. */
function EvidenceToggle({ act }: { readonly act: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes.linkish}
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        {t(open ? "evidence.hide" : "evidence.show")}
      </button>
      {open && <PastEvidence act={act} />}
    </>
  );
}

function PastEvidence({ act }: { readonly act: string }) {
  const { t } = useTranslation();
  return <EvidenceLines evidence={useEvidence(act)} none={t("evidence.none")} />;
}
