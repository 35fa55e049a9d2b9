// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while in sight cannot be those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the chosen row
/** One row of the players table; drawn again only when something it shows has changed. */
import { DotsThreeIcon } from "@phosphor-icons/react";
import type { Column } from "@tanstack/react-table";
import { memo, useState } from "react";
import { useAdmin } from "../../access/admin";
import type { AdminSession } from "../../contract";
import { displayName, type FEATURES, type Row, type RowWords } from "./columns";
import { isNewcomer } from "./newcomers";
import classes from "./players.module.css";

/** CSS pixels, from the upper left of the row's button or the pointer. */
export type OpenMenu = (session: AdminSession, at: { readonly x: number; readonly y: number }) => void;

export interface TableRowProps {
  readonly session: AdminSession;
  readonly shade: boolean;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly tracks: string;
  readonly selected: boolean;
  readonly columns: readonly Column<typeof FEATURES, Row>[];
  readonly words: RowWords;
  readonly onSelect: (id: string) => void;
  readonly onMenu: OpenMenu;
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { session, shade, index, top, height, tracks, selected, columns, words, onSelect, onMenu } = props;
  const { feed } = useAdmin();
  // Lit when it is drawn first; going out needs no drawing.
  const [fresh] = useState(() => isNewcomer(session, Date.parse(feed.state().mirror?.at ?? "")));
  const openMenu = (event: React.MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const pointed = event.type === "contextmenu" && event.clientX > 0;
    onMenu(session, pointed ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom });
  };
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
      style={{ gridTemplateColumns: tracks, height, transform: `translateY(${top}px)` }}
      onClick={() => onSelect(session.id)}
      onContextMenu={openMenu}
    >
      {columns.map(({ id, columnDef: { meta } }) => (
        <div key={id} role="gridcell" className={classes.cell} data-numeric={meta?.numeric || undefined}>
          {meta?.paint?.({ session, shade }, words)}
        </div>
      ))}
      <div role="gridcell" className={classes.menuCell}>
        <button
          type="button"
          tabIndex={-1}
          className={classes.menuButton}
          aria-label={words.t("players.menuOf", { name: displayName(session, words.t("players.nameless")) })}
          onClick={openMenu}
        >
          <DotsThreeIcon size={18} weight="bold" aria-hidden="true" />
        </button>
      </div>
    </div>
  );
});
