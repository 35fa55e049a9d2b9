/** People over a range: most at once, and the bots of load tests where there were some. */
import { useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../../charts/chart";
import { useFormat } from "../../format/use-format";
import dashboard from "./dashboard.module.css";
import { highestOf, meanOf, valuesOf } from "./story";
import classes from "./story.module.css";
import { type StoryData, useStoryFrame } from "./use-story";

/** CSS pixels; the taller one stands beside the numbers. */
const HEIGHT = { beside: 262, alone: 186 } as const;
const FEW = 4;

export function StoryPeople({ data }: { readonly data: StoryData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useStoryFrame(data);
  const beside = useMediaQuery("(min-width: 1101px)");
  const { story, history } = data;
  const label = t(`story.people.${history.range}`);
  const mean = useMemo(() => valuesOf(story, (point) => point.people), [story]);
  const series = useMemo(() => {
    const most = valuesOf(story, (point) => point.mostPeople);
    const bots = valuesOf(story, (point) => point.mostBots);
    const people = { name: t("story.most"), colour: "people", values: most, filled: true } as const;
    return (highestOf(bots) ?? 0) > 0
      ? [people, { name: t("story.bots"), colour: "violet", values: bots } as const]
      : [people];
  }, [story, t]);
  const reading = (place: number | null) => {
    if (place !== null && !story.points[place])
      return <span className={classes.closed}>{t("story.closed")}</span>;
    const average = place === null ? meanOf(mean) : (mean[place] ?? 0);
    return (
      <>
        {series.map(({ name, colour, values }) => (
          <span key={name} className={dashboard.reading}>
            <span className={dashboard.swatch} style={{ background: `var(--c-${colour})` }} />
            {name}
            <strong>{format.count((place === null ? highestOf(values) : values[place]) ?? 0)}</strong>
          </span>
        ))}
        <span className={dashboard.reading}>
          {t("story.mean")}
          <strong>{average < 10 ? format.short(average) : format.count(average)}</strong>
        </span>
      </>
    );
  };
  return (
    <div className={classes.people}>
      <Chart
        times={story.times}
        series={series}
        least={FEW}
        height={beside ? HEIGHT.beside : HEIGHT.alone}
        label={label}
        legend={(place) => (
          <>
            <span className={dashboard.legendTitle}>{label}</span>
            <div className={dashboard.readout}>{reading(place)}</div>
          </>
        )}
        {...frame}
      />
    </div>
  );
}
