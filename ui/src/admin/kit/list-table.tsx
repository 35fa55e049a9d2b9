/**
 * A table over a paged list, with its loading, empty and failed states, that asks for more as its end comes near.
 */
import { Button, VisuallyHidden } from "@mantine/core";
import { createColumnHelper, flexRender, tableFeatures, useTable } from "@tanstack/react-table";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format/use-format";
import classes from "./list-table.module.css";
import tools from "./tools.module.css";
import type { Pages } from "./use-pages";
import { WhenListed } from "./when-read";

export interface ListColumn<T> {
  readonly id: string;
  /** Empty: a column of buttons, named for screen readers only. */
  readonly title: string;
  readonly numeric?: boolean;
  /** CSS pixels; the columns of a narrow list without one share what is left. */
  readonly width?: number;
  readonly cell: (item: T) => ReactNode;
}

/** All that the library does here is to pair columns with rows. */
const FEATURES = tableFeatures({
  columnMeta: {} as { readonly numeric?: boolean; readonly width?: number | undefined },
});

interface Identified {
  readonly id: string;
}

export interface ListTableProps<T> {
  readonly pages: Pages<T>;
  readonly columns: readonly ListColumn<T>[];
  readonly label: string;
  readonly empty: ReactNode;
  /** Said before the server's sentence when the list could not be read. */
  readonly failed: string;
  /** Rows with two lines. */
  readonly tall?: boolean;
  /** Its columns have widths that fit a phone: it does not scroll sideways. */
  readonly narrow?: boolean;
  /** Five columns, of which a phone shows all but the fourth, each row a block of its own. */
  readonly stacked?: boolean;
  readonly selectedId?: string | null;
  readonly onSelect?: (item: T) => void;
}

/** The list over all the room below its filters. */
export function ListTable<T extends Identified>(props: ListTableProps<T>) {
  return (
    <div className={tools.body}>
      <div className={tools.main}>
        <ListRows {...props} />
      </div>
    </div>
  );
}

/** The list alone, where something else frames it. */
export function ListRows<T extends Identified>(props: ListTableProps<T>) {
  const { pages, columns, label, empty, failed, selectedId, onSelect } = props;
  const { tall = false, narrow = false, stacked = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof FEATURES, T>();
    return columns.map(({ id, title, numeric = false, width, cell }) =>
      helper.display({ id, header: title, meta: { numeric, width }, cell: ({ row }) => cell(row.original) }),
    );
  }, [columns]);
  const table = useTable({
    features: FEATURES,
    data: pages.items,
    columns: defined,
    getRowId: ({ id }) => id,
  });
  return (
    <WhenListed pages={pages} failed={failed} empty={empty}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={classes.scroller} aria-label={label} tabIndex={0}>
        <table
          className={stacked ? `${classes.table} ${classes.stacked}` : classes.table}
          data-tall={tall || undefined}
          data-narrow={narrow || undefined}
        >
          <thead>
            <tr>
              {table.getFlatHeaders().map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  style={{ width: header.column.columnDef.meta?.width }}
                  data-numeric={header.column.columnDef.meta?.numeric || undefined}
                >
                  {flexRender(header.column.columnDef.header, header.getContext()) || (
                    <VisuallyHidden>{t("players.menuColumn")}</VisuallyHidden>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr
                key={row.id}
                aria-selected={selectedId === undefined ? undefined : row.id === selectedId}
                data-clickable={onSelect !== undefined || undefined}
                onClick={() => onSelect?.(row.original)}
              >
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} data-numeric={cell.column.columnDef.meta?.numeric || undefined}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={classes.foot}>
          <span>{t("list.shown", { shown: format.count(pages.items.length), count: pages.total })}</span>
          {!pages.complete && (
            <Button variant="subtle" size="compact-sm" loading={pages.growing} onClick={pages.more}>
              {t("list.more")}
            </Button>
          )}
          {!pages.complete && <NearEnd onNear={pages.more} />}
        </div>
      </section>
    </WhenListed>
  );
}

/** CSS pixels before the end at which the next page is asked for. */
const NEAR = "400px";

function NearEnd({ onNear }: { readonly onNear: () => void }) {
  const mark = useRef<HTMLSpanElement>(null);
  const near = useRef(onNear);
  near.current = onNear;
  useEffect(() => {
    const element = mark.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) near.current();
      },
      { root: element.closest("section"), rootMargin: NEAR },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <span ref={mark} aria-hidden="true" />;
}
