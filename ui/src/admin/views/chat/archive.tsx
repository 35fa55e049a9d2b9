/** Lines from the archive, newest first. */

import { Button } from "@mantine/core";
import { ArchiveIcon, MagnifyingGlassIcon, ShieldCheckIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { messages } from "../../api/lists";
import type { PersonRef } from "../../contract";
import { useFormat } from "../../format/use-format";
import { Empty } from "../../kit/states";
import { usePages } from "../../kit/use-pages";
import { WhenListed } from "../../kit/when-read";
import classes from "./chat.module.css";
import { MessageLine } from "./message-line";
import { withDays } from "./stream";
import { DayRow } from "./stream-rows";

export interface ArchiveProps {
  readonly query: {
    readonly search: string;
    readonly status: string;
    readonly from?: string;
    readonly to?: string;
  };
  /** The line that stands out. */
  readonly marked: string | null;
  readonly onPerson: (person: PersonRef) => void;
  /** Searches for nothing again. */
  readonly onClear: () => void;
}

export function Archive({ query, marked, onPerson, onClear }: ArchiveProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const pages = usePages(JSON.stringify(query), async (offset, limit, signal) => {
    const page = await messages(api, { ...query, offset, limit }, signal);
    return { total: page.total, items: page.messages };
  });
  return (
    <WhenListed
      pages={pages}
      failed={t("chat.failed")}
      empty={
        <div className={classes.lines}>
          <Nothing query={query} onClear={onClear} />
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={classes.lines} aria-label={t("view.chat")} tabIndex={0}>
        {withDays(pages.items.map((message) => ({ at: message.timestamp, message }))).map((item) =>
          "message" in item ? (
            <MessageLine
              key={item.message.id}
              message={item.message}
              marked={item.message.id === marked}
              onPerson={onPerson}
              onChanged={pages.reload}
            />
          ) : (
            <DayRow key={item.key} at={item.at} />
          ),
        )}
        <p className={classes.foot}>
          {t("list.shown", { shown: format.count(pages.items.length), count: pages.total })}{" "}
          {!pages.complete && (
            <Button variant="subtle" size="compact-sm" loading={pages.growing} onClick={pages.more}>
              {t("list.more")}
            </Button>
          )}
        </p>
      </section>
    </WhenListed>
  );
}

/** Each list is empty for a reason of its own. */
function Nothing({ query, onClear }: Pick<ArchiveProps, "query" | "onClear">) {
  const { t } = useTranslation();
  if (query.search !== "") {
    return (
      <Empty
        icon={MagnifyingGlassIcon}
        action={
          <Button variant="default" onClick={onClear}>
            {t("chat.clear")}
          </Button>
        }
      >
        {t("chat.noMatch", { text: query.search })}
      </Empty>
    );
  }
  if (query.status === "removed") return <Empty icon={ShieldCheckIcon}>{t("chat.noneRemoved")}</Empty>;
  return <Empty icon={ArchiveIcon}>{t("chat.noneArchived")}</Empty>;
}
