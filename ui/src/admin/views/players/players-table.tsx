// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the chosen row
// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the chosen row
/**
 * The table itself: only the rows in sight exist, arrow keys choose, and while the pointer rests on the rows their
 * order is frozen.
 */

import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { dialogOpen } from "../../keys/keys";
import type { Arranged, Sort, SortKey } from "./arrange";
import { COLUMNS, FEATURES, type Row, type RowWords } from "./columns";
import { HeadCell } from "./head-cell";
import classes from "./players.module.css";
import { type OpenMenu, TableRow } from "./table-row";

export interface PlayersTableProps {
  readonly arranged: Arranged;
  readonly shown: readonly SortKey[];
  readonly compact: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onMenu: OpenMenu;
  readonly onFreeze: (frozen: boolean) => void;
}

export function PlayersTable(props: PlayersTableProps) {
  const { arranged, shown, compact, sort, onSort, selectedId, onSelect, onMenu, onFreeze } = props;
  const words = useRowWords();
  const { t } = words;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, shades } = arranged;
  const height = compact ? 32 : 40;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    // Several wheel events of one frame are drawn once.
    useFlushSync: false,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const seen = virtual.getVirtualItems();
  const table = useTable({
    features: FEATURES,
    data: NO_DATA,
    columns: COLUMNS,
    state: {
      columnVisibility: Object.fromEntries(
        COLUMNS.map(({ id = "" }) => [id, shown.some((key) => key === id)]),
      ),
    },
  });
  const columns = table.getVisibleLeafColumns();
  const { tracks, minWidth } = tracksOf(columns.map((column) => column.columnDef.meta ?? {}));

  // Also when the choice came from elsewhere: the palette, or a link.
  const newestRows = useRef(rows);
  newestRows.current = rows;
  useEffect(() => {
    const place = newestRows.current.findIndex((session) => session.id === selectedId);
    if (place >= 0) virtual.scrollToIndex(place);
  }, [selectedId, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || dialogOpen() || rows.length === 0) return;
    event.preventDefault();
    const current = rows.findIndex((session) => session.id === selectedId);
    const next = Math.min(rows.length - 1, Math.max(0, current < 0 && step > 0 ? 0 : current + step));
    const chosen = rows[next];
    if (!chosen) return;
    onSelect(chosen.id);
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={t("players.table")}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={
        seen.some(({ index }) => rows[index]?.id === selectedId) ? `row-${selectedId}` : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div
        className={classes.headRow}
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: tracks, minWidth }}
      >
        {columns.map((column) => (
          <HeadCell
            key={column.id}
            id={column.id as SortKey}
            numeric={column.columnDef.meta?.numeric ?? false}
            sort={sort}
            onSort={onSort}
          />
        ))}
        <div role="columnheader" className={classes.menuCell}>
          <span className="visually-hidden">{t("players.menuColumn")}</span>
        </div>
      </div>
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), minWidth, position: "relative" }}
        onPointerEnter={(event) => event.pointerType === "mouse" && onFreeze(true)}
        onPointerLeave={() => onFreeze(false)}
      >
        {seen.map(({ index, start }) => {
          const session = rows[index];
          if (!session) return null;
          return (
            <TableRow
              key={session.id}
              session={session}
              shade={shades.has(session.id)}
              index={index}
              top={start - HEAD_HEIGHT}
              height={height}
              tracks={tracks}
              selected={session.id === selectedId}
              columns={columns}
              words={words}
              onSelect={onSelect}
              onMenu={onMenu}
            />
          );
        })}
      </div>
    </div>
  );
}

/** CSS pixels. */
const HEAD_HEIGHT = 34;
const MENU_WIDTH = 44;

interface Tracks {
  /** For `grid-template-columns`. */
  readonly tracks: string;
  /** CSS pixels; below it the table scrolls sideways. */
  readonly minWidth: number;
}

function tracksOf(columns: readonly { readonly width?: number; readonly share?: number }[]): Tracks {
  const tracks = columns.map(({ width = 0, share = 0 }) =>
    share > 0 ? `minmax(${width}px, ${share}fr)` : `${width}px`,
  );
  const least = columns.reduce((sum, { width = 0 }) => sum + width, MENU_WIDTH);
  return { tracks: [...tracks, `${MENU_WIDTH}px`].join(" "), minWidth: least };
}

/** TanStack's table keeps the columns; the rows are windowed and arranged elsewhere. */
const NO_DATA: Row[] = [];

function useRowWords(): RowWords {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  return useMemo(() => ({ t, format, now }), [t, format, now]);
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
