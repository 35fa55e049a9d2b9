/** Lines from the archive, newest first. */

import { Button } from "@mantine/core";
import { ChatCircleDotsIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import { messages } from "../../api/lists";
import type { PersonRef } from "../../contract";
import { useFormat } from "../../format/use-format";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import { usePages } from "../../kit/use-pages";
import classes from "./chat.module.css";
import { MessageLine } from "./message-line";

export const STATUSES = ["live", "all", "removed"] as const;
export type StatusFilter = (typeof STATUSES)[number];

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
}

export function Archive({ query, marked, onPerson }: ArchiveProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const pages = usePages(JSON.stringify(query), async (offset, limit, signal) => {
    const page = await messages(api, { ...query, offset, limit }, signal);
    return { total: page.total, items: page.messages };
  });
  if (pages.kind === "loading" && pages.items.length === 0) return <LoadingRows />;
  if (pages.kind === "failed")
    return <Failed what={t("chat.failed")} message={pages.message} onRetry={pages.reload} />;
  if (pages.items.length === 0) {
    return (
      <Empty icon={ChatCircleDotsIcon}>
        {query.search === "" ? t("chat.noneRemoved") : t("chat.noMatch", { text: query.search })}
      </Empty>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={classes.lines} aria-label={t("view.chat")} tabIndex={0}>
      {pages.items.map((message) => (
        <MessageLine
          key={message.id}
          message={message}
          marked={message.id === marked}
          onPerson={onPerson}
          onChanged={pages.reload}
          dated
        />
      ))}
      <p className={classes.foot}>
        {t("list.shown", { shown: format.count(pages.items.length), count: pages.total })}{" "}
        {!pages.complete && (
          <Button variant="subtle" size="compact-sm" loading={pages.growing} onClick={pages.more}>
            {t("list.more")}
          </Button>
        )}
      </p>
    </section>
  );
}
