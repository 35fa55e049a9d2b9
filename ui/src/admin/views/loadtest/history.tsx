/** Earlier runs: open one again, or lay one under another. */
import { Button, Select } from "@mantine/core";
import { CheckCircleIcon, ProhibitIcon, SpinnerGapIcon, WarningCircleIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import type { LoadTestRun } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import type { Pages } from "../../kit/use-pages";
import classes from "./loadtest.module.css";

const PICTURES = {
  running: SpinnerGapIcon,
  stopping: SpinnerGapIcon,
  completed: CheckCircleIcon,
  stopped: ProhibitIcon,
  failed: WarningCircleIcon,
} as const;

export interface HistoryProps {
  readonly pages: Pages<LoadTestRun>;
  readonly shownId: string | null;
  readonly baselineId: string | null;
  readonly onShow: (id: string) => void;
  readonly onBaseline: (id: string | null) => void;
}

export function History({ pages, shownId, baselineId, onShow, onBaseline }: HistoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (pages.items.length === 0) return null;
  const others = pages.items.filter(({ id, figures }) => id !== shownId && figures !== null);
  return (
    <div className={classes.history}>
      <h2>{t("loadtest.historyOf")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={classes.runs} aria-label={t("loadtest.history")} tabIndex={0}>
        <table>
          {/* The heading says it, and the form needs the room. */}
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t("loadtest.column.at")}</th>
              <th scope="col">{t("loadtest.column.clients")}</th>
              <th scope="col">{t("loadtest.column.p99")}</th>
            </tr>
          </thead>
          <tbody>
            {pages.items.map((run) => {
              const Picture = PICTURES[run.state];
              const at = format.moment(run.startedAt, now);
              const p99 = run.figures?.fanoutP99Ms;
              return (
                <tr
                  key={run.id}
                  className={run.id === shownId ? classes.current : undefined}
                  aria-current={run.id === shownId || undefined}
                >
                  <th scope="row">
                    <button
                      type="button"
                      onClick={() => onShow(run.id)}
                      title={format.full(run.startedAt)}
                      aria-label={t("loadtest.open", {
                        at,
                        clients: format.count(run.plan.clients),
                        mode: t(`loadtest.modes.${run.plan.mode}`).toLocaleLowerCase(),
                      })}
                    >
                      <Picture
                        size={14}
                        weight="bold"
                        data-state={run.state}
                        role="img"
                        aria-label={t(`loadtest.state.${run.state}`)}
                      />
                      {at}
                    </button>
                  </th>
                  <td>{format.count(run.plan.clients)}</td>
                  <td>{p99 === null || p99 === undefined ? "-" : `${format.measure(p99)}\u00a0ms`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {!pages.complete && (
          <Button variant="subtle" size="compact-sm" loading={pages.growing} onClick={pages.more}>
            {t("list.more")}
          </Button>
        )}
      </section>
      {others.length > 0 && (
        <Select
          label={t("loadtest.compare")}
          value={baselineId === shownId ? "" : (baselineId ?? "")}
          allowDeselect={false}
          data={[
            { value: "", label: t("loadtest.nothing") },
            ...others.map((run) => ({
              value: run.id,
              label: `${format.moment(run.startedAt, now)}, ${format.count(run.plan.clients)} ${t(`loadtest.modes.${run.plan.mode}`).toLocaleLowerCase()}`,
            })),
          ]}
          onChange={(id) => onBaseline(id === "" ? null : id)}
        />
      )}
    </div>
  );
}
