// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and the button in here
/** The head of one column: a click sorts by it, another one turns the order round. */
import { CaretDownIcon, CaretUpIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { Sort, SortKey } from "./arrange";
import classes from "./players.module.css";

export interface HeadCellProps {
  readonly id: SortKey;
  readonly numeric: boolean;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function HeadCell({ id, numeric, sort, onSort }: HeadCellProps) {
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
