/** One ban or mute: who, why and what it covers, until when, by whom. */
import { ArrowUUpLeftIcon, CheckIcon, ClockIcon, GlobeIcon, ProhibitIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import type { PersonRef } from "../../contract";
import { lengthWords } from "../../format/length";
import { whenWords } from "../../format/until";
import { useFormat } from "../../format/use-format";
import { RowAction } from "../../kit/row-action";
import table from "../../kit/table.module.css";
import { Tag } from "../../kit/tag";
import { PersonPortrait } from "../../people/person-portrait";
import classes from "./sanctions.module.css";
import { minutesOf, type Sanctioned, servedOf } from "./standing";

export type Which = "bans" | "mutes";

/** More names than these are counted, and not named. */
const MANY_NAMES = 3;

export interface SanctionRowProps {
  readonly row: Sanctioned;
  readonly which: Which;
  /** The page's clock, ms. */
  readonly now: number;
  readonly onPerson: (person: PersonRef) => void;
  readonly onDone: () => void;
}

export function SanctionRow({ row, which, now, onPerson, onDone }: SanctionRowProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const { createdBy, createdAt } = row;
  return (
    <tr data-past={!row.active || undefined}>
      <td>
        <Who row={row} onPerson={onPerson} />
      </td>
      <td>
        <span className={`${classes.reason} freetext`} dir="auto">
          {row.reason || t("sanctions.noReason")}
        </span>
        <span className={table.chips}>
          <Standing row={row} now={now} />
          <Scope row={row} />
          <SeenAs row={row} />
        </span>
      </td>
      <td>
        <Until row={row} now={now} />
      </td>
      <td>
        <span className={classes.by}>
          <PersonPortrait person={{ kind: "account", subject: createdBy.id }} id={createdBy.id} size={22} />
          <span className={table.by}>
            <b className="name" dir="auto">
              {createdBy.name}
            </b>
            <time dateTime={createdAt} title={format.full(createdAt)}>
              {format.moment(createdAt, now)}
            </time>
          </span>
        </span>
      </td>
      <td>
        {row.active && (
          <RowAction
            right={which === "bans" ? "ban" : "mute"}
            verb={t("person.lift")}
            variant="default"
            done={t("sanctions.liftedDone", { name: row.subjectName ?? row.subject })}
            onDone={onDone}
            run={() => (which === "bans" ? calls.unban(api, row.id) : calls.unmute(api, row.id))}
          />
        )}
      </td>
    </tr>
  );
}

interface WhoProps {
  readonly row: Sanctioned;
  readonly onPerson: (person: PersonRef) => void;
}

function Who({ row, onPerson }: WhoProps) {
  const { t } = useTranslation();
  const { kind, subject, subjectName } = row;
  if (kind === "address") {
    return (
      <span className={table.who}>
        <span className={table.picture}>
          <GlobeIcon size={18} aria-hidden="true" />
        </span>
        <span>
          <b className="name" dir="auto">
            {subjectName ?? t("sanctions.network")}
          </b>
          <small>{t("kind.address")}</small>
        </span>
      </span>
    );
  }
  const { visits = 0, names = 0 } = row.seen ?? {};
  const known =
    names > MANY_NAMES
      ? t("sanctions.ofNames", { kind: t(`kind.${kind}`), count: names })
      : visits > 0
        ? t("sanctions.ofVisits", { kind: t(`kind.${kind}`), count: visits })
        : t(`kind.${kind}`);
  return (
    <button type="button" className={table.who} onClick={() => onPerson({ kind, subject })}>
      <PersonPortrait person={{ kind, subject }} size={32} />
      <span>
        <b className="name" dir="auto">
          {subjectName ?? t(kind === "guest" ? "audit.aGuest" : "audit.somebody")}
        </b>
        <small>{known}</small>
      </span>
    </button>
  );
}

function Standing({ row, now }: { readonly row: Sanctioned; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { liftedAt, liftedBy, until, active } = row;
  if (liftedAt !== null) {
    return (
      <Tag tone="success" icon={ArrowUUpLeftIcon}>
        {liftedBy
          ? t("sanctions.liftedBy", {
              span: format.span(Date.parse(liftedAt) - Date.parse(row.createdAt)),
              name: liftedBy.name,
            })
          : t("sanctions.lifted", { at: whenWords(t, format, liftedAt, now) })}
      </Tag>
    );
  }
  if (until === null) {
    return (
      <Tag tone="danger" icon={ProhibitIcon}>
        {t("person.forGood")}
      </Tag>
    );
  }
  return active ? (
    <Tag tone="warn" icon={ClockIcon}>
      {t("sanctions.left", { span: format.span(Date.parse(until) - now) })}
    </Tag>
  ) : (
    <Tag icon={CheckIcon}>{t("sanctions.ended", { at: whenWords(t, format, until, now) })}</Tag>
  );
}

function Scope({ row: { kind, subject } }: { readonly row: Sanctioned }) {
  const { t } = useTranslation();
  if (kind !== "address") return <Tag>{t(`audit.scope.${kind}`)}</Tag>;
  return (
    <Tag icon={GlobeIcon}>
      {t("audit.scope.address")} <span className="mono">{subject}</span>
    </Tag>
  );
}

/** Under which other names the person was here; more than a few are counted beside the name instead. */
function SeenAs({ row: { seen } }: { readonly row: Sanctioned }) {
  const { t, i18n } = useTranslation();
  if (!seen || seen.otherNames.length === 0 || seen.names > MANY_NAMES) return null;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(seen.otherNames);
  return (
    <Tag>
      <span className="name" dir="auto">
        {t("sanctions.seenAs", { names })}
      </span>
    </Tag>
  );
}

function Until({ row, now }: { readonly row: Sanctioned; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const served = servedOf(row, now);
  if (!row.active) {
    const span = lengthWords(t, minutesOf(row));
    return <span>{t(row.liftedAt === null ? "sanctions.lasted" : "sanctions.was", { span })}</span>;
  }
  if (row.until === null || served === null) return <span>{t("sanctions.untilLifted")}</span>;
  return (
    <>
      <time dateTime={row.until} title={format.full(row.until)}>
        {format.moment(row.until, now)}
      </time>
      <span className={classes.served} aria-hidden="true">
        <span style={{ width: `${Math.round(served * 100)}%` }} />
      </span>
    </>
  );
}
