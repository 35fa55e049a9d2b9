/** What the server carries: fan-out times, delivered updates, chat. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { Chart } from "../../charts/chart";
import type { Sample } from "../../contract";
import { useFormat } from "../../format/use-format";
import classes from "./dashboard.module.css";
import { barsOf, condensed, secondsOf, seriesOf, spanOf, sumOf } from "./history";
import { Readout } from "./readout";

const HEIGHT = 86;
/** Seconds in one bar of the chat. */
const BAR_SECONDS = 10;
const PERCENTILES = [
  ["p50", "flushP50Ms"],
  ["p95", "flushP95Ms"],
  ["p99", "flushP99Ms"],
] as const;

export function Traffic() {
  const { t } = useTranslation();
  return (
    <section className={classes.traffic} aria-label={t("dashboard.traffic")}>
      <FanOut />
      <Deliveries />
      <Chat />
    </section>
  );
}

function useChartFrame() {
  const { t } = useTranslation();
  const format = useFormat();
  const history = useMirror((mirror) => mirror.history) ?? [];
  const span = format.span(spanOf(history) * 1000);
  return {
    t,
    format,
    history,
    frame: {
      height: HEIGHT,
      axis: format.short,
      ends: [t("chart.ago", { span }), t("chart.now")] as const,
      moment: (seconds: number) => format.exactClock(new Date(seconds * 1000).toISOString()),
    },
  };
}

/** The history with one sample for several seconds, as the two charts of lines show it. */
function useCalmFrame() {
  const { frame, ...rest } = useChartFrame();
  const { history } = rest;
  const calm = useMemo(() => condensed(history), [history]);
  const times = useMemo(() => secondsOf(calm), [calm]);
  return { ...rest, calm, frame: { ...frame, group: "dashboard", times } };
}

function FanOut() {
  const { t, format, history, calm, frame } = useCalmFrame();
  const series = useMemo(
    () => PERCENTILES.map(([name, key]) => ({ name, key, colour: name, values: seriesOf(calm, key) })),
    [calm],
  );
  return (
    <div>
      <Chart
        series={series}
        least={4}
        label={t("dashboard.fanOut")}
        legend={(place) => (
          <>
            <span className={classes.legendTitle}>
              {t("dashboard.fanOut")}
              {howMany(place === null ? history.at(-1) : calm[place])}
            </span>
            <div className={classes.readout}>
              {series.map(({ name, key, colour, values }) => {
                const value = place === null ? history.at(-1)?.[key] : values[place];
                return (
                  <span key={name} className={classes.reading}>
                    <span className={classes.swatch} style={{ background: `var(--c-${colour})` }} />
                    {name}
                    <strong>{value === null || value === undefined ? "-" : format.measure(value)}</strong>
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

  /** Of a handful, the slowest 1 % is the slowest one: then no figure is given, and this says why. */
  function howMany(sample: Sample | undefined): string {
    if (!sample || sample.flushP99Ms !== null) return "";
    return ` (${t(sample.flushes === 0 ? "dashboard.noFlush" : "dashboard.fewFlushes", { count: sample.flushes })})`;
  }
}

function Deliveries() {
  const { t, format, history, calm, frame } = useCalmFrame();
  const values = useMemo(() => seriesOf(calm, "deliveries"), [calm]);
  const series = useMemo(
    () => [{ name: t("dashboard.deliveries"), colour: "tide", values, filled: true } as const],
    [values],
  );
  return (
    <div>
      <Chart
        series={series}
        least={10}
        label={t("dashboard.deliveries")}
        legend={(place) => (
          <Readout
            title={t("dashboard.deliveries")}
            value={format.count((place === null ? history.at(-1)?.deliveries : values[place]) ?? 0)}
            unit={t("dashboard.perSecond")}
          />
        )}
        {...frame}
      />
    </div>
  );
}

function Chat() {
  const { t, format, history, frame } = useChartFrame();
  const { times, values } = useMemo(
    () => barsOf(history, BAR_SECONDS, (sample) => sample.messages),
    [history],
  );
  const series = useMemo(
    () => [{ name: t("dashboard.chat"), colour: "tide", values, style: "bars" } as const],
    [values],
  );
  return (
    <div>
      <Chart
        group="dashboard-chat"
        times={times}
        series={series}
        least={4}
        label={t("dashboard.chat")}
        legend={(place) => (
          <Readout
            title={t("dashboard.chat")}
            value={format.count(
              place === null ? sumOf(history, 60, (sample) => sample.messages) : (values[place] ?? 0),
            )}
            unit={place === null ? t("dashboard.perMinute") : t("dashboard.perBar", { count: BAR_SECONDS })}
          />
        )}
        {...frame}
      />
    </div>
  );
}
