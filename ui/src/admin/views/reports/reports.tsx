/** What players reported about each other: a list, and beside it everything one needs to answer. */
import { Button, Kbd, SegmentedControl } from "@mantine/core";
import { CheckCircleIcon, FlagIcon, XCircleIcon } from "@phosphor-icons/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { reports } from "../../api/lists";
import type { ReportStatus } from "../../contract";
import { useFormat } from "../../format/use-format";
import { dialogOpen, isTyping } from "../../keys/keys";
import { Page } from "../../kit/page";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { useResource } from "../../kit/use-resource";
import { Stale } from "../../kit/when-read";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { goTo, useRoute } from "../../route/use-route";
import { groupAt, groupBeside, groupsOf, type ReportGroup } from "./groups";
import { mergeReports } from "./merge";
import { ReportDetail } from "./report-detail";
import { ReportList } from "./report-list";
import classes from "./reports.module.css";

const STATUSES = ["open", "resolved", "dismissed"] as const satisfies readonly ReportStatus[];

const EMPTY = {
  open: { icon: FlagIcon, text: "reports.none" },
  resolved: { icon: CheckCircleIcon, text: "reports.noneDone" },
  dismissed: { icon: XCircleIcon, text: "reports.noneDismissed" },
} as const;

/** Closed ones that are looked through for today's. */
const RECENT = 50;

export default function Reports() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { item } = useRoute();
  const [person, setPerson] = usePerson();
  const [status, setStatus] = useState<ReportStatus>("open");
  const changed = useMirror((mirror) => mirror.reports);
  const pages = usePages(status, async (offset, limit, signal) => {
    const page = await reports(api, { status, offset, limit }, signal);
    return { total: page.total, items: page.reports };
  });
  const recent = useResource("recent reports", async (signal) =>
    (await reports(api, { limit: RECENT }, signal)).reports.filter((report) => report.status !== "open"),
  );
  const changes = changed ?? new Map();
  const groups = groupsOf(mergeReports(pages.items, changes.values(), status));
  const closed = recent.resource.kind === "ready" ? recent.resource.value : [];
  const today =
    status === "open"
      ? groupsOf(mergeReports(closed, changes.values(), "all").filter(({ closedAt }) => isToday(closedAt)))
      : [];
  const all = [...groups, ...today];
  const chosen = groupAt(all, item);
  const choose = (group: ReportGroup | undefined) => {
    if (group) goTo({ view: "reports", item: group.newest.id }, "replace");
  };
  useWalk((step) => choose(groupBeside(all, chosen, step)));
  const { icon, text } = EMPTY[status];
  return (
    <Page
      title={t("view.reports")}
      layout="fill"
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
    >
      <div className={tools.tools}>
        <Tabs status={status} onChoose={setStatus} />
        <MedianAnswer />
        <span className={classes.keys} aria-hidden="true">
          {t("reports.next")} <Kbd>J</Kbd> <Kbd>K</Kbd>
        </span>
      </div>
      <div className={`${tools.body} ${classes.both}`}>
        <div className={classes.side}>
          {pages.kind === "loading" && all.length === 0 && <LoadingRows height={89} rows={5} />}
          {pages.kind === "failed" && (
            <Failed what={t("reports.failed")} message={pages.message} onRetry={pages.reload} />
          )}
          <Stale of={pages} onRetry={pages.reload} />
          {pages.kind === "ready" && groups.length === 0 && <Empty icon={icon}>{t(text)}</Empty>}
          {all.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
            <section className={classes.list} aria-label={t("view.reports")} tabIndex={0}>
              <ReportList groups={groups} chosen={chosen} onChoose={choose} />
              {today.length > 0 && (
                <>
                  <h2 className={classes.today}>{t("reports.doneToday")}</h2>
                  <ReportList groups={today} chosen={chosen} onChoose={choose} />
                </>
              )}
              {!pages.complete && (
                <Button variant="subtle" fullWidth loading={pages.growing} onClick={pages.more}>
                  {t("list.more")}
                </Button>
              )}
            </section>
          )}
        </div>
        {chosen && (
          <ReportDetail
            key={chosen.newest.id}
            group={chosen}
            onPerson={setPerson}
            onAnswered={() => {
              const next = groups.find((group) => group !== chosen && group.newest.status === "open");
              choose(next);
              pages.reload();
              recent.reload();
            }}
          />
        )}
      </div>
    </Page>
  );
}

interface TabsProps {
  readonly status: ReportStatus;
  readonly onChoose: (status: ReportStatus) => void;
}

/** Each tab with how many there are. */
function Tabs({ status, onChoose }: TabsProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const open = useMirror((mirror) => mirror.openReports);
  const { resource, reload } = useResource("report counts", async (signal) => {
    const [resolved, dismissed] = await Promise.all(
      (["resolved", "dismissed"] as const).map((each) => reports(api, { status: each, limit: 1 }, signal)),
    );
    return { resolved: resolved?.total ?? 0, dismissed: dismissed?.total ?? 0 };
  });
  useReloadOn(
    useMirror((mirror) => mirror.reports),
    reload,
  );
  const counts = resource.kind === "ready" ? resource.value : null;
  const count = (each: ReportStatus) => (each === "open" ? open : counts?.[each]) ?? null;
  return (
    <SegmentedControl
      aria-label={t("reports.which")}
      value={status}
      onChange={(value) => onChoose(STATUSES.find((each) => each === value) ?? "open")}
      data={STATUSES.map((value) => ({
        value,
        label: (
          <span className={tools.tab}>
            {t(`reports.status.${value}`)}
            {count(value) !== null && (
              <b data-tone={value === "open" && count(value) !== 0 ? "danger" : undefined}>
                {format.count(count(value) ?? 0)}
              </b>
            )}
          </span>
        ),
      }))}
    />
  );
}

/** How long the reports that were answered today had waited. */
function MedianAnswer() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const { resource, reload } = useResource("median answer", async (signal) => {
    const answered = new Date(new Date().setHours(0, 0, 0, 0)).toISOString();
    return (await reports(api, { limit: 1, answered }, signal)).medianAnswerMs ?? null;
  });
  useReloadOn(
    useMirror((mirror) => mirror.reports),
    reload,
  );
  if (resource.kind !== "ready" || resource.value === null) return null;
  return <span className={classes.median}>{t("reports.median", { span: format.span(resource.value) })}</span>;
}

function isToday(iso: string | null): boolean {
  return iso !== null && new Date(iso).toDateString() === new Date().toDateString();
}

/** J and K walk through the list. */
function useWalk(walk: (step: 1 | -1) => void): void {
  const newest = useRef(walk);
  newest.current = walk;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialogOpen()) return;
      if (event.key === "j") newest.current(1);
      if (event.key === "k") newest.current(-1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
