/** The columns of the players table: what each shows, how wide it is, and whether numbers stand at the right. */

import { FlagIcon, HandIcon, type Icon, MicrophoneSlashIcon, RobotIcon } from "@phosphor-icons/react";
import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from "@tanstack/react-table";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useMove } from "../../access/admin";
import type { AdminSession } from "../../contract";
import type { Format } from "../../format/format";
import { Tag } from "../../kit/tag";
import { SessionPortrait } from "../../people/person-portrait";
import type { SortKey } from "./arrange";
import classes from "./players.module.css";
import { type Trouble, troublesOf } from "./trouble";

/** What a row of the table is made of. */
export interface Row {
  readonly session: AdminSession;
  /** No longer connected; kept in place while the pointer rests on the rows. */
  readonly shade: boolean;
}

/** Looked up once for all cells: a hook in each would cost more than the cell. */
export interface RowWords {
  readonly t: TFunction;
  readonly format: Format;
  /** The page's clock, ms; four times a minute. */
  readonly now: number;
}

type Cell = (row: Row, words: RowWords) => ReactNode;

interface Shown {
  /** CSS pixels it needs at least. */
  readonly width?: number;
  /** Its share of the width that is left; 0 keeps it as it is. */
  readonly share?: number;
  readonly numeric?: boolean;
  readonly paint?: Cell;
}

/** What the library does for this table. */
export const FEATURES = tableFeatures({ columnVisibilityFeature, columnMeta: {} as Shown });

const helper = createColumnHelper<typeof FEATURES, Row>();

const column = (id: SortKey, width: number, share: number, paint: Cell, numeric = false) =>
  helper.display({ id, meta: { width, share, numeric, paint } });

export const COLUMNS: ColumnDef<typeof FEATURES, Row>[] = [
  column("name", 140, 1.6, ({ session }, { t }) => {
    const name = displayName(session, t("players.nameless"));
    return (
      <>
        <SessionPortrait session={session} />
        <span className={`${classes.name} name`} title={name} dir="auto">
          {name}
        </span>
      </>
    );
  }),
  column("state", 104, 1.1, stateCell),
  column("kind", 84, 0.8, kindCell),
  column("address", 116, 1, ({ session }) => <span className="mono">{session.address}</span>),
  column("ping", 72, 0, ({ session }, { format }) => <PingCell session={session} format={format} />, true),
  column(
    "since",
    104,
    0,
    ({ session }, { format, now }) => format.span(now - Date.parse(session.joinedAt ?? session.connectedAt)),
    true,
  ),
  column("active", 96, 0, ({ session }, words) => <ActiveCell session={session} words={words} />, true),
  column("warnings", 84, 0, ({ session }) => (session.warnings > 0 ? session.warnings : "-"), true),
  column("node", 120, 0, ({ session }) => <span className="mono">{session.node}</span>),
];

/** Shown until somebody chooses; the rest is one click away. */
export const SHOWN_AT_FIRST: readonly SortKey[] = ["name", "state", "kind", "address", "ping", "since"];

/** What fits beside a thumb; the drawer has the rest. */
export const SHOWN_ON_PHONE: readonly SortKey[] = ["name", "state", "since"];

export function displayName(session: AdminSession, nameless: string): string {
  return session.name ?? session.playerId ?? nameless;
}

function stateCell({ session, shade }: Row, { t }: RowWords): ReactNode {
  if (shade) return t("players.left");
  const troubles = troublesOf(session);
  if (troubles.length > 0) {
    const said = troubles.map((trouble) => troubleWords(trouble, session, t));
    return (
      <span className={classes.troubles} title={said.join(", ")}>
        {troubles.map((trouble, place) => (
          <Tag key={trouble} tone={trouble === "reported" ? "danger" : "warn"} icon={TROUBLE_ICONS[trouble]}>
            <span>{said[place]}</span>
          </Tag>
        ))}
      </span>
    );
  }
  return t(session.joined ? "players.playing" : "players.watching");
}

const TROUBLE_ICONS: Readonly<Record<Trouble, Icon>> = {
  reported: FlagIcon,
  muted: MicrophoneSlashIcon,
  warned: HandIcon,
};

function troubleWords(trouble: Trouble, { openReports }: AdminSession, t: RowWords["t"]): string {
  return trouble === "reported" ? t("players.reports", { count: openReports }) : t(`players.${trouble}`);
}

function kindCell({ session }: Row, { t }: RowWords): ReactNode {
  if (session.kind === "bot") return <Tag icon={RobotIcon}>{t("kind.bot")}</Tag>;
  const staff = session.role !== null && session.role !== "user";
  return staff && session.role ? t(`role.${session.role}`) : t(`kind.${session.kind}`);
}

function PingCell({ session, format }: { readonly session: AdminSession; readonly format: Format }) {
  const { pingMs } = useMove(session.id) ?? session;
  return <>{pingMs === null ? "-" : `${format.count(Math.max(1, Math.round(pingMs)))}\u00a0ms`}</>;
}

function ActiveCell({ session, words }: { readonly session: AdminSession; readonly words: RowWords }) {
  const { lastActiveAt } = useMove(session.id) ?? session;
  return <>{words.format.ago(lastActiveAt, words.now)}</>;
}
