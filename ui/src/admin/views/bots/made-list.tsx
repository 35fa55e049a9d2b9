/** The frame of both lists here: its four states, and one table of what hosts have made. */
import type { Icon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import type { Right } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { Empty, LoadingRows } from "../../kit/states";
import rows from "../../kit/table.module.css";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { WhenRead } from "../../kit/when-read";
import classes from "./bots.module.css";

export interface MadeListProps<T> {
  /** What it lists, by which it is loaded. */
  readonly what: string;
  readonly load: (signal: AbortSignal) => Promise<{ readonly made: readonly T[]; readonly most: number }>;
  /** What one needs to make another one. */
  readonly right: Right;
  readonly icon: Icon;
  readonly words: MadeListWords;
  /** Asks for a new one. */
  readonly onAdd: () => void;
  readonly row: (one: T, now: number, reload: () => void) => ReactNode;
}

export interface MadeListWords {
  readonly title: string;
  readonly failed: string;
  readonly none: string;
  readonly add: string;
  readonly columns: readonly string[];
  readonly count: (shown: string, most: number) => string;
}

export function MadeList<T>({ what, load, right, icon, words, onAdd, row }: MadeListProps<T>) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const loaded = useResource(what, load);
  const { reload } = loaded;
  // Another host may have made or removed one.
  useReloadOn(
    useMirror((mirror) => mirror.actions[0]?.id ?? ""),
    reload,
  );
  const none = (
    <Empty
      icon={icon}
      action={
        <ActionButton right={right} variant="default" onClick={onAdd}>
          {words.add}
        </ActionButton>
      }
    >
      {words.none}
    </Empty>
  );
  return (
    <WhenRead loaded={loaded} failed={words.failed} waiting={<LoadingRows height={64} />}>
      {({ made, most }) =>
        made.length === 0 ? (
          none
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
          <section className={rows.scroller} aria-label={words.title} tabIndex={0}>
            <table className={`${rows.table} ${rows.tall} ${rows.stacked} ${classes.list}`}>
              <thead>
                <tr>
                  {words.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="visually-hidden">{t("players.menuColumn")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>{made.map((one) => row(one, now, reload))}</tbody>
            </table>
            <p className={rows.foot}>{words.count(format.count(made.length), most)}</p>
          </section>
        )
      }
    </WhenRead>
  );
}
