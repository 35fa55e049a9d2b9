/** The columns of the players table: what each shows, how wide it is, and whether numbers stand at the right. */

import { FlagIcon, HandIcon, MicrophoneSlashIcon, RobotIcon } from "@phosphor-icons/react";
import { type ColumnDef, createColumnHelper } from "@tanstack/react-table";
import { useTranslation } from "react-i18next";
import type { AdminSession } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Tag } from "../../kit/tag";
import { Portrait } from "../../people/portrait";
import type { SortKey } from "./arrange";
import classes from "./players.module.css";

/** What a row of the table is made of. */
export interface Row {
  readonly session: AdminSession;
  /** No longer connected; kept in place while the pointer rests on the rows. */
  readonly shade: boolean;
}

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData, TValue> {
    /** A track of `grid-template-columns`. */
    readonly track?: string;
    readonly numeric?: boolean;
  }
}

const helper = createColumnHelper<Row>();

const column = (id: SortKey, track: string, numeric: boolean, cell: (row: Row) => React.ReactNode) =>
  helper.display({ id, meta: { track, numeric }, cell: ({ row }) => cell(row.original) });

export const COLUMNS: ColumnDef<Row>[] = [
  column("name", "minmax(160px, 1.6fr)", false, (row) => <NameCell row={row} />),
  column("state", "minmax(110px, 1.1fr)", false, (row) => <StateCell row={row} />),
  column("kind", "minmax(84px, .8fr)", false, (row) => <KindCell session={row.session} />),
  column("address", "minmax(120px, 1fr)", false, ({ session }) => (
    <span className="mono">{session.address}</span>
  )),
  column("ping", "80px", true, ({ session }) => <PingCell ms={session.pingMs} />),
  column("since", "104px", true, ({ session }) => (
    <SinceCell iso={session.joinedAt ?? session.connectedAt} />
  )),
  column("active", "96px", true, ({ session }) => <AgoCell iso={session.lastActiveAt} />),
  column("warnings", "84px", true, ({ session }) => (session.warnings > 0 ? session.warnings : "-")),
  column("node", "120px", false, ({ session }) => <span className="mono">{session.node}</span>),
];

/** Shown until somebody chooses; the rest is one click away. */
export const SHOWN_AT_FIRST: readonly SortKey[] = ["name", "state", "kind", "address", "ping", "since"];

export function displayName(session: AdminSession, nameless: string): string {
  return session.name ?? session.playerId ?? nameless;
}

function NameCell({ row: { session } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const name = displayName(session, t("players.nameless"));
  return (
    <>
      <Portrait id={session.playerId ?? session.id} />
      <span className={`${classes.name} name`} title={name} dir="auto">
        {name}
      </span>
    </>
  );
}

function StateCell({ row: { session, shade } }: { readonly row: Row }) {
  const { t } = useTranslation();
  if (shade) return <>{t("players.left")}</>;
  if (session.openReports > 0)
    return (
      <Tag tone="danger" icon={FlagIcon}>
        {t("players.reports", { count: session.openReports })}
      </Tag>
    );
  if (session.muted)
    return (
      <Tag tone="warn" icon={MicrophoneSlashIcon}>
        {t("players.muted")}
      </Tag>
    );
  if (session.warnings > 0)
    return (
      <Tag tone="warn" icon={HandIcon}>
        {t("players.warned")}
      </Tag>
    );
  return <>{t(session.joined ? "players.playing" : "players.watching")}</>;
}

function KindCell({ session }: { readonly session: AdminSession }) {
  const { t } = useTranslation();
  if (session.kind === "bot") return <Tag icon={RobotIcon}>{t("kind.bot")}</Tag>;
  const staff = session.role !== null && session.role !== "user";
  return <>{staff && session.role ? t(`role.${session.role}`) : t(`kind.${session.kind}`)}</>;
}

function PingCell({ ms }: { readonly ms: number | null }) {
  const format = useFormat();
  return <>{ms === null ? "-" : `${format.count(Math.max(1, Math.round(ms)))}\u00a0ms`}</>;
}

function SinceCell({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return <>{format.span(useQuarterMinute() - Date.parse(iso))}</>;
}

function AgoCell({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return <>{format.ago(iso, useQuarterMinute())}</>;
}
