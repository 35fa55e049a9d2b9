/** One entry: who did what, why, how it stands now; opened, everything that was kept about it. */
import { ActionIcon } from "@mantine/core";
import { ArrowCounterClockwiseIcon, CaretDownIcon, CaretRightIcon, GearSixIcon } from "@phosphor-icons/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance } from "../../access/admin";
import { undo } from "../../api/calls";
import type { ActionEntry, Actor } from "../../contract";
import { untilWords, whenWords } from "../../format/until";
import { useFormat } from "../../format/use-format";
import { RowAction } from "../../kit/row-action";
import { Tag } from "../../kit/tag";
import { PersonPortrait } from "../../people/person-portrait";
import { actionName } from "./action-name";
import { ActionWords } from "./action-words";
import classes from "./audit.module.css";
import { AuditDetails } from "./audit-details";
import { kindOf, type Later, type Standing, standingOf } from "./chips";
import { reasonOf } from "./did";

export interface AuditRowProps {
  readonly entry: ActionEntry;
  readonly later: Later;
  /** The page's clock, ms. */
  readonly now: number;
  readonly open: boolean;
  readonly onToggle: (entry: ActionEntry) => void;
  readonly onChanged: () => void;
}

export function AuditRow({ entry, later, now, open, onToggle, onChanged }: AuditRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const reason = reasonOf(entry, (outcome) => t(`reports.outcome.${outcome}`));
  const kind = kindOf(entry.action);
  const standing = standingOf(entry, later, now);
  const Caret = open ? CaretDownIcon : CaretRightIcon;
  return (
    <li ref={row} className={classes.entry} data-open={open || undefined}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the caret does the same by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the caret is the control, this is a larger target */}
      <div className={classes.row} onClick={() => onToggle(entry)}>
        <time dateTime={entry.at} title={format.full(entry.at)}>
          {format.clock(entry.at)}
        </time>
        <Doer actor={entry.actor} />
        <div className={classes.said}>
          <p>
            <ActionWords entry={entry} />
          </p>
          {reason !== "" && (
            <p className={`${classes.reason} freetext`} dir="auto">
              {reason}
            </p>
          )}
        </div>
        <div className={classes.chips}>
          {standing?.kind !== "undone" && standing?.kind !== "readBy" && (
            <Tag tone={kind.tone} icon={kind.icon}>
              {actionName(t, entry.action)}
            </Tag>
          )}
          {standing && <StandingChip standing={standing} icon={kind.icon} now={now} />}
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed in here opens no row */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <div className={classes.undo} onClick={(event) => event.stopPropagation()}>
          <Undo entry={entry} onDone={onChanged} />
        </div>
        <ActionIcon
          className={classes.caret ?? ""}
          aria-label={t("audit.open")}
          aria-expanded={open}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(entry);
          }}
        >
          <Caret size={15} />
        </ActionIcon>
      </div>
      {open && <AuditDetails entry={entry} />}
    </li>
  );
}

const PLAIN: readonly string[] = ["system", "local-host"];

/** The face of the account that did it; the server and the computer itself have none. */
function Doer({ actor }: { readonly actor: Actor }) {
  if (PLAIN.includes(actor.id))
    return (
      <span className={classes.machine}>
        <GearSixIcon size={15} aria-hidden="true" />
      </span>
    );
  return <PersonPortrait person={{ kind: "account", subject: actor.id }} id={actor.id} size={26} />;
}

interface StandingChipProps {
  readonly standing: Standing;
  readonly icon: ReturnType<typeof kindOf>["icon"];
  readonly now: number;
}

function StandingChip({ standing, icon, now }: StandingChipProps) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (standing.kind) {
    case "undone": {
      return (
        <Tag tone="success" icon={ArrowCounterClockwiseIcon}>
          {standing.by === null
            ? t("audit.chip.undone", { at: whenWords(t, format, standing.at, now) })
            : t("audit.chip.undoneBy", { at: format.moment(standing.at, now), name: standing.by })}
        </Tag>
      );
    }
    case "readBy":
      return (
        <Tag tone="info" icon={icon}>
          {t("audit.chip.readBy", { count: standing.count })}
        </Tag>
      );
    case "until":
      return <Tag>{t("audit.chip.until", { at: untilWords(t, format, standing.at, now) })}</Tag>;
    default:
      return <Tag>{t(`audit.chip.${standing.kind}`)}</Tag>;
  }
}

function Undo({ entry, onDone }: { readonly entry: ActionEntry; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const hindrance = useHindrance("undo");
  if (!entry.undoable || hindrance !== null) return null;
  return (
    <RowAction
      right="undo"
      verb={t("undo.verb")}
      icon={<ArrowCounterClockwiseIcon size={15} />}
      done={t("undo.done")}
      onDone={onDone}
      run={() => undo(api, entry.id)}
    />
  );
}
