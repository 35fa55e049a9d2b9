/** Everything that was done, by whom, and the way back where there is one. */
import { Select } from "@mantine/core";
import { ArrowCounterClockwiseIcon, ScrollIcon } from "@phosphor-icons/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { undo } from "../../api/calls";
import { exportAudit } from "../../api/files";
import { audit } from "../../api/lists";
import type { ActionEntry } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ExportMenu } from "../../kit/export-menu";
import { type ListColumn, ListTable } from "../../kit/list-table";
import { Page } from "../../kit/page";
import { RowAction } from "../../kit/row-action";
import { SearchField, useSearchText } from "../../kit/search-field";
import { Empty } from "../../kit/states";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { actionName, subjectName } from "./action-name";
import { detailsText } from "./details-text";
import { KNOWN_ACTIONS } from "./known-actions";
import { beginOf, isPeriod, PERIODS, type Period } from "./periods";

export default function Audit() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [text, setText] = useState("");
  const [action, setAction] = useState<string | null>(null);
  const [since, setSince] = useState<{ period: Period; from: string } | null>(null);
  const search = useSearchText(text);
  const query = { search, action, from: since?.from ?? null };
  const pages = usePages(JSON.stringify(query), async (offset, limit, signal) => {
    const { total, actions } = await audit(api, { ...query, offset, limit }, signal);
    return { total, items: actions };
  });
  useReloadOn(
    useMirror((mirror) => mirror.actions),
    pages.reload,
  );
  const columns = useMemo(
    (): ListColumn<ActionEntry>[] => [
      { id: "at", title: t("audit.at"), cell: (entry) => <At iso={entry.at} /> },
      {
        id: "actor",
        title: t("audit.actor"),
        cell: (entry) => <span className={`${tools.who} name`}>{entry.actor.name}</span>,
      },
      { id: "action", title: t("audit.action"), cell: (entry) => actionName(t, entry.action) },
      {
        id: "subject",
        title: t("audit.subject"),
        cell: (entry) => (
          <span className="freetext" dir="auto">
            {subjectName(t, entry)}
          </span>
        ),
      },
      {
        id: "details",
        title: t("audit.details"),
        cell: (entry) => <span className={`${tools.dim} freetext`}>{detailsText(entry.details)}</span>,
      },
      { id: "undo", title: "", cell: (entry) => <Undo entry={entry} onDone={pages.reload} /> },
    ],
    [t, pages.reload],
  );
  return (
    <Page
      title={t("view.audit")}
      layout="fill"
      actions={<ExportMenu file={(api, format) => exportAudit(api, { ...query, format })} name="audit" />}
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("audit.search")} />
        <Select
          aria-label={t("audit.kind")}
          placeholder={t("audit.kind")}
          clearable
          searchable
          value={action}
          onChange={setAction}
          data={KNOWN_ACTIONS.map((known) => ({ value: known, label: actionName(t, known) }))}
          w={210}
        />
        <Select
          aria-label={t("audit.since")}
          placeholder={t("audit.since")}
          clearable
          value={since?.period ?? null}
          onChange={(period) =>
            setSince(isPeriod(period) ? { period, from: beginOf(period, Date.now()) } : null)
          }
          data={PERIODS.map((period) => ({ value: period, label: t(`audit.last.${period}`) }))}
          w={170}
        />
      </div>
      <ListTable
        pages={pages}
        columns={columns}
        label={t("view.audit")}
        failed={t("audit.failed")}
        empty={
          <Empty icon={ScrollIcon}>
            {search === "" && !action && !since ? t("audit.none") : t("list.noMatch")}
          </Empty>
        }
      />
    </Page>
  );
}

function At({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return (
    <time dateTime={iso} title={format.full(iso)} style={{ whiteSpace: "nowrap" }}>
      {format.moment(iso, useQuarterMinute())}
    </time>
  );
}

function Undo({ entry, onDone }: { readonly entry: ActionEntry; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const now = useQuarterMinute();
  if (entry.undoneAt) return <Tag>{t("audit.undone", { at: format.moment(entry.undoneAt, now) })}</Tag>;
  if (!entry.undoable) return null;
  return (
    <RowAction
      right="undo"
      verb={t("undo.verb")}
      icon={<ArrowCounterClockwiseIcon size={15} />}
      done={t("undo.done")}
      onDone={onDone}
      run={() => undo(api, entry.id)}
    />
  );
}
