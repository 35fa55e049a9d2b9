/** The story of an hour, a day or a week: how many people were here, and what their visits were like. */
import { UsersThreeIcon } from "@phosphor-icons/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryRange, WorldHistory } from "../../contract";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { Empty, Failed, LoadingRows } from "../../kit/states";
import { Stale } from "../../kit/when-read";
import classes from "./story.module.css";
import { StoryEndings } from "./story-endings";
import { StoryPeople } from "./story-people";
import { StoryTraffic } from "./story-traffic";
import { useStory } from "./use-story";

interface StoryPanelProps {
  readonly range: HistoryRange;
}

export function StoryPanel({ range }: StoryPanelProps) {
  const { t } = useTranslation();
  const { resource, reload } = useStory(range);
  const label = t(`story.people.${range}`);
  const still = (state: ReactNode) => (
    <section className={classes.still} aria-label={label}>
      {state}
    </section>
  );
  if (resource.kind === "loading") return still(<LoadingRows rows={6} />);
  if (resource.kind === "failed")
    return still(<Failed what={t("story.failed")} message={resource.message} onRetry={reload} />);
  const data = resource.value;
  const { points, visits, endings } = data.history;
  if (points.length === 0 && visits === 0)
    return still(<Empty icon={UsersThreeIcon}>{t("story.noneYet")}</Empty>);
  return (
    <>
      <Stale of={resource} onRetry={reload} />
      <section className={classes.story} aria-label={label}>
        <StoryPeople data={data} />
        <div className={classes.side}>
          <Numbers history={data.history} />
          <StoryEndings endings={endings} />
        </div>
      </section>
      <StoryTraffic data={data} />
    </>
  );
}

function Numbers({ history }: { readonly history: WorldHistory }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  const { peak, newcomers, visits, here, spentMs } = history;
  return (
    <dl className={classes.numbers}>
      <Figure
        value={format.count(peak?.people ?? 0)}
        warm={peak !== null}
        name={peak ? t("story.peakAt", { at: format.moment(peak.at, now) }) : t("story.peak")}
      />
      <Figure value={format.count(newcomers)} name={t("story.newcomers", { count: newcomers })} />
      <Figure
        value={format.count(visits)}
        name={
          here > 0
            ? t("story.visitsHere", { count: visits, here: format.count(here) })
            : t("story.visits", { count: visits })
        }
      />
      <Figure value={format.span(spentMs)} name={t("story.spent")} />
    </dl>
  );
}

interface FigureProps {
  readonly value: string;
  readonly name: string;
  /** People, now or then. */
  readonly warm?: boolean;
}

function Figure({ value, name, warm = false }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd data-warm={warm || undefined}>{value}</dd>
    </div>
  );
}
