/** What the server carried over a range: fan-out times, delivered updates, chat. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../../charts/chart";
import { useFormat } from "../../format/use-format";
import classes from "./dashboard.module.css";
import { PLANS } from "./range";
import { Readout } from "./readout";
import { highestOf, storyBars, valuesOf } from "./story";
import { type StoryData, useStoryFrame } from "./use-story";

const HEIGHT = 86;
const PERCENTILES = [
  ["p50", "flushP50Ms"],
  ["p95", "flushP95Ms"],
  ["p99", "flushP99Ms"],
] as const;

interface StoryProps {
  readonly data: StoryData;
}

export function StoryTraffic({ data }: StoryProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.traffic} aria-label={t("story.traffic")}>
      <FanOut data={data} />
      <Deliveries data={data} />
      <Chat data={data} />
    </section>
  );
}

function FanOut({ data }: StoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useStoryFrame(data);
  const { story } = data;
  const series = useMemo(
    () =>
      PERCENTILES.map(([name, key]) => ({
        name,
        colour: name,
        values: valuesOf(story, (point) => point[key]),
      })),
    [story],
  );
  return (
    <div>
      <Chart
        times={story.times}
        series={series}
        least={4}
        height={HEIGHT}
        label={t("story.fanOut")}
        legend={(place) => (
          <>
            <span className={classes.legendTitle}>{t("story.fanOut")}</span>
            <div className={classes.readout}>
              {series.map(({ name, colour, values }) => {
                const value = place === null ? highestOf(values) : (values[place] ?? null);
                return (
                  <span key={name} className={classes.reading}>
                    <span className={classes.swatch} style={{ background: `var(--c-${colour})` }} />
                    {name}
                    <strong>{value === null ? "-" : format.measure(value)}</strong>
                  </span>
                );
              })}
            </div>
          </>
        )}
        {...frame}
      />
    </div>
  );
}

function Deliveries({ data }: StoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useStoryFrame(data);
  const { story } = data;
  // As beside it the worst of a stretch, so that what is read is the top of what is drawn.
  const values = useMemo(() => valuesOf(story, (point) => point.mostDeliveries), [story]);
  const most = highestOf(values);
  const series = useMemo(
    () => [{ name: t("story.deliveries"), colour: "tide", values, filled: true } as const],
    [values, t],
  );
  return (
    <div>
      <Chart
        times={story.times}
        series={series}
        least={10}
        height={HEIGHT}
        label={t("story.deliveries")}
        legend={(place) => {
          const value = place === null ? most : (values[place] ?? null);
          return (
            <Readout
              title={t("story.deliveries")}
              value={value === null ? "-" : format.count(value)}
              unit={t("story.perSecondAtMost")}
            />
          );
        }}
        {...frame}
      />
    </div>
  );
}

function Chat({ data }: StoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useStoryFrame(data);
  const { story, history } = data;
  const { barSeconds } = PLANS[history.range];
  const { times, values } = useMemo(
    () => storyBars(story, barSeconds, (point) => point.messages),
    [story, barSeconds],
  );
  const series = useMemo(
    () => [{ name: t("dashboard.chat"), colour: "tide", values, style: "bars" } as const],
    [values, t],
  );
  const all = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return (
    <div>
      <Chart
        times={times}
        series={series}
        least={4}
        height={HEIGHT}
        label={t("dashboard.chat")}
        legend={(place) => {
          const value = place === null ? all : (values[place] ?? null);
          return (
            <Readout
              title={t("dashboard.chat")}
              value={value === null ? "-" : format.count(value)}
              unit={
                place === null
                  ? t("story.messages")
                  : t("story.messagesIn", { span: format.span(barSeconds * 1000) })
              }
            />
          );
        }}
        {...frame}
        group="story-chat"
      />
    </div>
  );
}
