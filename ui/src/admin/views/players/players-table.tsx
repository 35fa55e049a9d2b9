// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the chosen row
// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the chosen row
/**
 * The table itself: only the rows in sight exist, arrow keys choose, and while the pointer rests on the rows their
 * order is frozen.
 */

import { CaretDownIcon, CaretUpIcon, DotsThreeIcon } from "@phosphor-icons/react";
import { flexRender, getCoreRowModel, useReactTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AdminSession } from "../../contract";
import { dialogOpen } from "../../shell/use-shortcuts";
import type { Arranged, Sort, SortKey } from "./arrange";
import { COLUMNS, displayName, type Row } from "./columns";
import { isNewcomer } from "./newcomers";
import classes from "./players.module.css";

export interface PlayersTableProps {
  readonly arranged: Arranged;
  readonly shown: readonly SortKey[];
  readonly compact: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onMenu: (session: AdminSession, at: { readonly x: number; readonly y: number }) => void;
  readonly frozen: boolean;
  readonly onFreeze: (frozen: boolean) => void;
  /** Server time, ms. */
  readonly now: number;
}

export function PlayersTable(props: PlayersTableProps) {
  const { arranged, shown, compact, sort, onSort, selectedId, onSelect, onMenu, frozen, onFreeze, now } =
    props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, shades } = arranged;
  const height = compact ? 32 : 40;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const seen = virtual.getVirtualItems();
  const visible = seen.flatMap(({ index }): Row[] => {
    const session = rows[index];
    return session ? [{ session, shade: shades.has(session.id) }] : [];
  });
  const table = useReactTable({
    data: visible,
    columns: COLUMNS,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (row) => row.session.id,
    manualSorting: true,
    // The rows in sight are new ones with every scroll: nothing of the table's own state may start anew with them.
    autoResetAll: false,
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
        visible.some((row) => row.session.id === selectedId) ? `row-${selectedId}` : undefined
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
        <div role="columnheader" className={classes.paused}>
          <span className={classes.spoken}>{t("players.menuColumn")}</span>
        </div>
        <span className={classes.pausedWord} aria-hidden="true">
          {frozen && t("players.paused")}
        </span>
      </div>
      <div
        role="rowgroup"
        style={{ height: virtual.getTotalSize(), minWidth, position: "relative" }}
        onPointerEnter={(event) => event.pointerType === "mouse" && onFreeze(true)}
        onPointerLeave={() => onFreeze(false)}
      >
        {table.getRowModel().rows.map((row, place) => {
          const item = seen[place];
          if (!item) return null;
          return (
            <TableRow
              key={row.id}
              row={row.original}
              index={item.index}
              top={item.start - HEAD_HEIGHT}
              height={height}
              tracks={tracks}
              selected={row.id === selectedId}
              fresh={isNewcomer(row.original.session, now)}
              cells={shown.join()}
              onSelect={onSelect}
              onMenu={onMenu}
            >
              {() =>
                row.getVisibleCells().map((cell) => (
                  <div
                    key={cell.id}
                    role="gridcell"
                    className={classes.cell}
                    data-numeric={cell.column.columnDef.meta?.numeric || undefined}
                    data-column={cell.column.id}
                  >
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </div>
                ))
              }
            </TableRow>
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

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

interface HeadCellProps {
  readonly id: SortKey;
  readonly numeric: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function HeadCell({ id, numeric, sort, onSort }: HeadCellProps) {
  const { t } = useTranslation();
  const mine = sort.key === id;
  const Arrow = sort.descending ? CaretDownIcon : CaretUpIcon;
  return (
    <div
      role="columnheader"
      className={classes.headCell}
      data-numeric={numeric || undefined}
      aria-sort={mine ? (sort.descending ? "descending" : "ascending") : "none"}
    >
      <button type="button" onClick={() => onSort({ key: id, descending: mine && !sort.descending })}>
        {t(`players.column.${id}`)}
        {mine && <Arrow size={11} weight="bold" aria-hidden="true" />}
      </button>
    </div>
  );
}

interface TableRowProps {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly tracks: string;
  readonly selected: boolean;
  /** Lit when it is drawn first; going out needs no drawing. */
  readonly fresh: boolean;
  /** Names the cells, so that a change of columns draws the row anew. */
  readonly cells: string;
  readonly onSelect: (id: string) => void;
  readonly onMenu: PlayersTableProps["onMenu"];
  readonly children: () => React.ReactNode;
}

const TableRow = memo(
  function TableRow(props: TableRowProps) {
    const { row, index, top, height, tracks, selected, fresh, onSelect, onMenu, children } = props;
    const { t } = useTranslation();
    const { session, shade } = row;
    const style = useMemo(
      () => ({ gridTemplateColumns: tracks, height, transform: `translateY(${top}px)` }),
      [tracks, height, top],
    );
    const openMenu = useCallback(
      (event: React.MouseEvent) => {
        event.preventDefault();
        event.stopPropagation();
        const box = event.currentTarget.getBoundingClientRect();
        const pointed = event.type === "contextmenu" && event.clientX > 0;
        onMenu(session, pointed ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom });
      },
      [onMenu, session],
    );
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
      <div
        id={`row-${session.id}`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        className={classes.row}
        data-shade={shade || undefined}
        data-fresh={fresh || undefined}
        style={style}
        onClick={() => onSelect(session.id)}
        onContextMenu={openMenu}
      >
        {children()}
        <div role="gridcell" className={classes.menuCell}>
          <button
            type="button"
            tabIndex={-1}
            className={classes.menuButton}
            aria-label={t("players.menuOf", { name: displayName(session, t("players.nameless")) })}
            onClick={openMenu}
          >
            <DotsThreeIcon size={18} weight="bold" aria-hidden="true" />
          </button>
        </div>
      </div>
    );
  },
  (a, b) =>
    a.row.session === b.row.session &&
    a.row.shade === b.row.shade &&
    a.top === b.top &&
    a.index === b.index &&
    a.height === b.height &&
    a.selected === b.selected &&
    a.tracks === b.tracks &&
    a.cells === b.cells,
);
