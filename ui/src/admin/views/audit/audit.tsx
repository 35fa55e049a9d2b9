/** Everything that was done, by whom, and the way back where there is one. */
import { Button, Select } from "@mantine/core";
import { ScrollIcon } from "@phosphor-icons/react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { exportAudit } from "../../api/files";
import { audit } from "../../api/lists";
import type { ActionEntry } from "../../contract";
import { daysAgo, daysOf } from "../../format/days";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ExportMenu } from "../../kit/export-menu";
import { Page } from "../../kit/page";
import { SearchField, useSearchText } from "../../kit/search-field";
import { Empty, LoadingRows, NoMatch } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { type Pages, usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { WhenListed } from "../../kit/when-read";
import { goTo, useRoute } from "../../route/use-route";
import { actionName } from "./action-name";
import classes from "./audit.module.css";
import { AuditRow } from "./audit-row";
import { laterOf } from "./chips";
import { KNOWN_ACTIONS } from "./known-actions";
import { beginOf, isPeriod, PERIODS, type Period } from "./periods";

export default function Audit() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [text, setText] = useState("");
  const [action, setAction] = useState<string | null>(null);
  const [actor, setActor] = useState<string | null>(null);
  const [since, setSince] = useState<{ period: Period; from: string } | null>(null);
  const [keptDays, setKeptDays] = useState<number | null>(null);
  const search = useSearchText(text);
  const query = { search, action, actor, from: since?.from ?? null };
  const pages = usePages(JSON.stringify(query), async (offset, limit, signal) => {
    const { total, actions, ...answer } = await audit(api, { ...query, offset, limit }, signal);
    // A node of an earlier version says nothing of it.
    setKeptDays(answer.keptDays ?? null);
    return { total, items: actions };
  });
  const newest = useMirror((mirror) => mirror.actions);
  useReloadOn(newest, pages.reload);
  const doers = useDoers([...pages.items, ...(newest ?? [])]);
  return (
    <Page
      title={t("view.audit")}
      layout="fill"
      actions={<ExportMenu file={(api, format) => exportAudit(api, { ...query, format })} name="audit" />}
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("audit.search")} />
        <Filter
          label={t("audit.who")}
          all={t("audit.everybody")}
          value={actor}
          onChange={setActor}
          data={doers}
        />
        <Filter
          label={t("audit.what")}
          all={t("audit.everything")}
          value={action}
          onChange={setAction}
          data={KNOWN_ACTIONS.map((known) => ({ value: known, label: actionName(t, known) }))}
        />
        <Filter
          label={t("audit.since")}
          all={t("audit.always")}
          value={since?.period ?? null}
          onChange={(period) =>
            setSince(isPeriod(period) ? { period, from: beginOf(period, Date.now()) } : null)
          }
          data={PERIODS.map((period) => ({ value: period, label: t(`audit.last.${period}`) }))}
        />
        {pages.kind === "ready" && <Total entries={pages.total} keptDays={keptDays} />}
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          <Entries
            pages={pages}
            filtered={search !== "" || action !== null || actor !== null || since !== null}
            onClear={() => {
              setText("");
              setAction(null);
              setActor(null);
              setSince(null);
            }}
          />
        </div>
      </div>
    </Page>
  );
}

interface TotalProps {
  readonly entries: number;
  /** 0 for good; `null` where the server does not say. */
  readonly keptDays: number | null;
}

function Total({ entries: count, keptDays }: TotalProps) {
  const { t } = useTranslation();
  const entries = t("audit.entries", { count });
  const span = t("settings.unit.days", { count: keptDays ?? 0 });
  return (
    <span className={classes.total}>
      {keptDays === null
        ? entries
        : t(keptDays === 0 ? "audit.keptForGood" : "audit.kept", { entries, span })}
    </span>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Everybody who was seen doing something since this view was opened; a filter leaves the others choosable. */
function useDoers(entries: readonly ActionEntry[]): Choice[] {
  const known = useRef(new Map<string, string>());
  for (const { actor } of entries) known.current.set(actor.id, actor.name);
  return [...known.current].map(([value, label]) => ({ value, label }));
}

interface FilterProps {
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly all: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly data: Choice[];
}

function Filter({ label, all, value, onChange, data }: FilterProps) {
  return (
    <Select
      aria-label={label}
      leftSection={<span className={classes.label}>{label}</span>}
      leftSectionPointerEvents="none"
      styles={{
        section: { width: "auto", paddingInlineStart: 10 },
        input: { paddingInlineStart: `calc(${label.length}ch + 22px)` },
      }}
      value={value ?? ""}
      onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
      data={[{ value: "", label: all }, ...data]}
      allowDeselect={false}
      searchable={data.length > 8}
      className={classes.filter ?? ""}
    />
  );
}

interface EntriesProps {
  readonly pages: Pages<ActionEntry>;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

function Entries({ pages, filtered, onClear }: EntriesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { query } = useRoute();
  const newest = useMirror((mirror) => mirror.actions);
  // A filter may leave out what took an entry back.
  const later = useMemo(() => laterOf([...pages.items, ...(newest ?? [])]), [pages.items, newest]);
  const days = useMemo(() => daysOf(pages.items), [pages.items]);
  const toggle = ({ id }: ActionEntry) =>
    goTo({ view: "audit", query: query.entry === id ? {} : { entry: id } }, "replace");
  return (
    <WhenListed
      pages={pages}
      failed={t("audit.failed")}
      waiting={<LoadingRows height={53} />}
      empty={filtered ? <NoMatch onClear={onClear} /> : <Empty icon={ScrollIcon}>{t("audit.none")}</Empty>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={classes.list} aria-label={t("view.audit")} tabIndex={0}>
        {days.map((day, index) => (
          <section key={day.at} aria-label={format.longDay(day.at)}>
            <h2 className={classes.day}>
              <DayName iso={day.at} now={now} />
              {/* Of the last day shown, more may be on the next page. */}
              {(pages.complete || index < days.length - 1) && <span>{format.count(day.entries.length)}</span>}
            </h2>
            <ol>
              {day.entries.map((entry) => (
                <AuditRow
                  key={entry.id}
                  entry={entry}
                  later={later}
                  now={now}
                  open={query.entry === entry.id}
                  onToggle={toggle}
                  onChanged={pages.reload}
                />
              ))}
            </ol>
          </section>
        ))}
        {!pages.complete && (
          <Button variant="subtle" m={12} loading={pages.growing} onClick={pages.more}>
            {t("list.more")}
          </Button>
        )}
      </section>
    </WhenListed>
  );
}

function DayName({ iso, now }: { readonly iso: string; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ago = daysAgo(iso, now);
  const full = format.longDay(iso);
  if (ago > 1) return <b>{full}</b>;
  return (
    <>
      <b>{t(ago === 0 ? "audit.today" : "audit.yesterday")}</b> <small>{full}</small>
    </>
  );
}
