/** What is answered to a report: words the person reads, and one act; after it the next report opens. */
import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import {
  CaretDownIcon,
  DoorOpenIcon,
  HandIcon,
  MicrophoneSlashIcon,
  ProhibitIcon,
} from "@phosphor-icons/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../../access/admin";
import * as calls from "../../api/calls";
import type { ActionEntry, PersonRecord, ReportStatus } from "../../contract";
import { MUTE_PRESETS } from "../../dialogs/duration";
import { LONGEST_REASON } from "../../dialogs/fields";
import { useReasons } from "../../dialogs/use-reasons";
import { lengthWords } from "../../format/length";
import { dialogOpen, isTyping } from "../../keys/keys";
import { ActionButton } from "../../kit/action-button";
import { useAttempt } from "../../kit/use-attempt";
import { useDone } from "../../kit/use-done";
import { obstacle } from "../../people/action-items";
import { targetOfReported } from "../../people/target";
import { openDialog } from "../../state/dialog";
import { noteWords, type ReportOutcome } from "../../text/report-outcome";
import type { ReportGroup } from "./groups";
import { proposalFor } from "./proposal";
import classes from "./reports.module.css";

/** Reasons beside the field; the others are in the dialogs. */
const SHOWN = 3;

export interface ReportAnswerProps {
  readonly group: ReportGroup;
  readonly record: PersonRecord | null;
  readonly onAnswered: () => void;
}

export function ReportAnswer({ group, record, onAnswered }: ReportAnswerProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [words, setWords] = useState("");
  const { busy, attempt } = useAttempt();
  const field = useFieldKey();
  const { newest, reports } = group;
  const target = targetOfReported(newest.target);
  const proposal = proposalFor(record);
  const reasons = useReasons();
  const [length, setLength] = useState<number | null>(null);
  const muteMinutes = length ?? proposal.minutes;

  const close = async (status: ReportStatus, note: string): Promise<ActionEntry | undefined> => {
    let last: ActionEntry | undefined;
    for (const report of reports) last = (await calls.closeReport(api, report.id, status, note)).action;
    return last;
  };
  const run = (what: () => Promise<void>) =>
    attempt(async () => {
      await what();
      setWords("");
      onAnswered();
    });
  /** The act first: a report is not closed by something that failed. */
  const answer = (
    outcome: ReportOutcome,
    text: string,
    act: () => Promise<{ readonly action: ActionEntry }>,
  ) =>
    run(async () => {
      const { action } = await act();
      await close("resolved", [t(`reports.outcome.${outcome}`), words.trim()].filter(Boolean).join(": "));
      done(text, action);
    });
  const warn = () =>
    answer("warned", t("warn.done", { name: target.name }), async () => {
      if (target.sessionId === null) throw new Error(t("why.gone"));
      return calls.warn(api, target.sessionId, words.trim());
    });
  const mute = (minutes: calls.Minutes) =>
    answer("muted", t("mute.done", { name: target.name }), async () => {
      if (target.person) return calls.mutePerson(api, target.person, words, minutes);
      if (target.sessionId !== null) return calls.muteSession(api, target.sessionId, words, minutes);
      throw new Error(t("why.unknown"));
    });
  const finish = (status: ReportStatus) =>
    run(async () => {
      await close(status, words.trim());
      done(t(`reports.done.${status}`));
    });
  /** How long and what of them is asked there. */
  const harsh = (kind: "kick" | "ban") =>
    openDialog({
      kind,
      target,
      reason: words,
      onDone: () => {
        const outcome = t(`reports.outcome.${kind === "kick" ? "kicked" : "banned"}`);
        void run(
          async () => void (await close("resolved", [outcome, words.trim()].filter(Boolean).join(": "))),
        );
      },
    });

  const told = (note: string) => noteWords(note, (outcome) => t(`reports.outcome.${outcome}`));
  if (newest.status !== "open") {
    return (
      <footer className={classes.answer}>
        <p className={`${classes.because} freetext`} dir="auto">
          {newest.closedBy &&
            t("reports.closedBy", {
              status: t(`reports.closedAs.${newest.status}`),
              name: newest.closedBy.name,
            })}
          {newest.note && `: ${told(newest.note)}`}
        </p>
        <ActionButton right="reports" variant="default" loading={busy} onClick={() => void finish("open")}>
          {t("reports.reopen")}
        </ActionButton>
      </footer>
    );
  }
  const why = (kind: "warn" | "mute" | "kick" | "ban") => {
    const reason = obstacle(kind, target);
    return reason && t(`why.${reason}`);
  };
  return (
    <footer className={classes.answer}>
      <div className={classes.words}>
        <label htmlFor="report-words">{t("reports.read")}</label>
        <TextInput
          id="report-words"
          ref={field}
          className={classes.field ?? ""}
          placeholder={t("reports.readHelp")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          dir="auto"
        />
        {reasons.slice(0, SHOWN).map((reason) => (
          <button
            key={reason.text}
            type="button"
            className={classes.quick}
            dir="auto"
            onClick={() => {
              setWords(reason.text);
              setLength(reason.minutes);
              field.current?.focus();
            }}
          >
            {reason.text}
          </button>
        ))}
      </div>
      <div className={classes.acts}>
        <ActionButton
          right="warn"
          why={why("warn") ?? (words.trim() === "" ? t("reports.reasonFirst") : null)}
          variant={proposal.act === "warn" ? "filled" : "default"}
          loading={busy}
          leftSection={<HandIcon size={16} />}
          onClick={() => void warn()}
        >
          {t("act.warn")}
        </ActionButton>
        <Button.Group>
          <ActionButton
            right="mute"
            why={why("mute")}
            variant={proposal.act === "mute" ? "filled" : "default"}
            loading={busy}
            leftSection={<MicrophoneSlashIcon size={16} />}
            onClick={() => void mute(muteMinutes)}
          >
            {t("reports.mute", { span: lengthWords(t, muteMinutes) })}
          </ActionButton>
          <MuteFor filled={proposal.act === "mute"} disabled={why("mute") !== null || busy} onChoose={mute} />
        </Button.Group>
        {(["kick", "ban"] as const).map((kind) => (
          <ActionButton
            key={kind}
            right={kind}
            why={why(kind)}
            variant="default"
            className={classes.harsh}
            leftSection={kind === "kick" ? <DoorOpenIcon size={16} /> : <ProhibitIcon size={16} />}
            onClick={() => harsh(kind)}
          >
            {t(`act.${kind}`)}
          </ActionButton>
        ))}
        <span className={classes.because}>{t(`reports.because.${proposal.because}`)}</span>
        <span className={classes.end}>
          <ActionButton
            right="reports"
            variant="subtle"
            color="gray"
            loading={busy}
            onClick={() => void finish("resolved")}
          >
            {t("reports.resolve")}
          </ActionButton>
          <ActionButton
            right="reports"
            variant="subtle"
            color="gray"
            loading={busy}
            onClick={() => void finish("dismissed")}
          >
            {t("reports.dismiss")}
          </ActionButton>
        </span>
      </div>
    </footer>
  );
}

interface MuteForProps {
  readonly filled: boolean;
  readonly disabled: boolean;
  readonly onChoose: (minutes: calls.Minutes) => Promise<unknown>;
}

function MuteFor({ filled, disabled, onChoose }: MuteForProps) {
  const { t } = useTranslation();
  const hindered = useHindrance("mute") !== null;
  return (
    <Menu position="top-end" width={160}>
      <Menu.Target>
        <ActionIcon
          variant={filled ? "filled" : "default"}
          color="tide"
          className={classes.split ?? ""}
          aria-label={t("reports.muteFor")}
          disabled={disabled || hindered}
        >
          <CaretDownIcon size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {MUTE_PRESETS.map((minutes) => (
          <Menu.Item key={String(minutes)} onClick={() => void onChoose(minutes)}>
            {lengthWords(t, minutes)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Enter goes to the words, from wherever nothing else takes it. */
function useFieldKey() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const idle = event.target === document.body;
      if (event.key !== "Enter" || !idle || isTyping(event.target) || dialogOpen()) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return field;
}
