/** What players reported about each other. */
import { Button, SegmentedControl } from "@mantine/core";
import { FlagIcon } from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { reports } from "../../api/lists";
import { Page } from "../../kit/page";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { usePages } from "../../kit/use-pages";
import { PersonDrawer } from "../../people/person-drawer";
import { usePerson } from "../../route/use-person";
import { useRoute } from "../../route/use-route";
import { mergeReports } from "./merge";
import { ReportCard } from "./report-card";
import classes from "./reports.module.css";

const STATUSES = ["open", "resolved", "dismissed", "all"] as const;

export default function Reports() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { item } = useRoute();
  const [person, setPerson] = usePerson();
  const [status, setStatus] = useState<(typeof STATUSES)[number]>("open");
  const changed = useMirror((mirror) => mirror.reports);
  const pages = usePages(status, async (offset, limit, signal) => {
    const page = await reports(api, { status: status === "all" ? null : status, offset, limit }, signal);
    return { total: page.total, items: page.reports };
  });
  const shown = mergeReports(pages.items, changed?.values() ?? [], status);
  return (
    <Page
      title={t("view.reports")}
      layout="fill"
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
    >
      <div className={tools.tools}>
        <SegmentedControl
          aria-label={t("reports.which")}
          value={status}
          onChange={(value) => setStatus(STATUSES.find((each) => each === value) ?? "open")}
          data={STATUSES.map((value) => ({ value, label: t(`reports.status.${value}`) }))}
        />
      </div>
      <div className={tools.body}>
        <div className={tools.main}>
          {pages.kind === "loading" && shown.length === 0 && <LoadingRows height={72} />}
          {pages.kind === "failed" && (
            <Failed what={t("reports.failed")} message={pages.message} onRetry={pages.reload} />
          )}
          {pages.kind === "ready" && shown.length === 0 && <Empty icon={FlagIcon}>{t("reports.none")}</Empty>}
          {shown.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
            <section className={classes.list} aria-label={t("view.reports")} tabIndex={0}>
              {shown.map((report) => (
                <ReportCard
                  key={report.id}
                  report={report}
                  pointed={report.id === item}
                  onPerson={setPerson}
                />
              ))}
              {!pages.complete && (
                <Button variant="subtle" loading={pages.growing} onClick={pages.more}>
                  {t("list.more")}
                </Button>
              )}
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}
