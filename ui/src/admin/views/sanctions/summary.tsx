/** Four numbers above the list: bans and mutes that hold, the next to end, who was banned again. */
import { useTranslation } from "react-i18next";
import type { Ban, Mute } from "../../contract";
import { useFormat } from "../../format/use-format";
import classes from "./sanctions.module.css";
import { bannedAgain, nextToEnd } from "./standing";

export interface SanctionsAll {
  readonly bans: readonly Ban[];
  readonly mutes: readonly Mute[];
}

export interface SummaryProps {
  readonly all: SanctionsAll;
  /** The page's clock, ms. */
  readonly now: number;
}

export function Summary({ all: { bans, mutes }, now }: SummaryProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const activeBans = bans.filter(({ active }) => active);
  const activeMutes = mutes.filter(({ active }) => active);
  const networks = activeBans.filter(({ kind }) => kind === "address").length;
  const people = activeBans.length - networks;
  const next = nextToEnd([...activeBans, ...activeMutes]);
  const { again, of } = bannedAgain(bans);
  const until = next?.until ?? null;
  return (
    <dl className={classes.summary}>
      <Cell
        value={format.count(activeBans.length)}
        title={t("sanctions.bansHold", { count: activeBans.length })}
        note={list.format([
          ...(people > 0 || networks === 0 ? [t("sanctions.nPeople", { count: people })] : []),
          ...(networks > 0 ? [t("sanctions.nNetworks", { count: networks })] : []),
        ])}
      />
      <Cell
        value={format.count(activeMutes.length)}
        title={t("sanctions.mutesHold", { count: activeMutes.length })}
        note={t("sanctions.mutesNote")}
      />
      <Cell
        value={until === null ? "-" : format.ago(new Date(now).toISOString(), Date.parse(until))}
        title={t("sanctions.nextEnds")}
        note={
          next && until !== null
            ? `${next.subjectName ?? t("sanctions.network")}, ${format.moment(until, now)}`
            : t("sanctions.noneEnds")
        }
      />
      <Cell
        value={of === 0 ? "-" : t("sanctions.someOf", { some: again, of })}
        title={t("sanctions.again")}
        note={t("sanctions.againNote")}
      />
    </dl>
  );
}

interface CellProps {
  readonly value: string;
  readonly title: string;
  readonly note: string;
}

function Cell({ value, title, note }: CellProps) {
  return (
    <div>
      <dd className="tnum">{value}</dd>
      <dt>
        <b>{title}</b>
        <span>{note}</span>
      </dt>
    </div>
  );
}
