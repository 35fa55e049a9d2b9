/** How many people are in the world, and how that went over the last minutes. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { Chart } from "../../charts/chart";
import { useFormat } from "../../format/use-format";
import classes from "./dashboard.module.css";
import { condensed, growth, secondsOf, seriesOf, spanOf, sumOf } from "./history";

const FEW = 4;

export function PeoplePanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const history = useMirror((mirror) => mirror.history) ?? [];
  const players = useMirror((mirror) => mirror.now.players) ?? 0;
  const sessions = useMirror((mirror) => mirror.sessions);
  const calm = useMemo(() => condensed(history), [history]);
  const times = useMemo(() => secondsOf(calm), [calm]);
  const series = useMemo(
    () => [
      {
        name: t("dashboard.people"),
        colour: "people",
        values: seriesOf(calm, "players"),
        filled: true,
        dotted: true,
      } as const,
    ],
    [calm, t],
  );
  const { accounts, guests } = useMemo(() => kindsOf(sessions?.values() ?? []), [sessions]);
  const span = format.span(spanOf(history) * 1000);
  const more = growth(history);
  return (
    <div className={classes.people}>
      <div className={classes.count}>
        <span className={classes.number} data-nobody={players === 0 || undefined}>
          {format.count(players)}
        </span>
        <p className={classes.what}>
          {t("dashboard.inWorld", { count: players })}
          <span>
            {players === 0 && more === 0
              ? t("dashboard.nobody")
              : more === 0
                ? t("dashboard.asMany", { span })
                : t(more > 0 ? "dashboard.more" : "dashboard.fewer", {
                    n: format.count(Math.abs(more)),
                    span,
                  })}
          </span>
        </p>
      </div>
      <div className={classes.peopleChart}>
        <Chart
          group="dashboard"
          times={times}
          series={series}
          least={FEW}
          height={104}
          axis={format.short}
          ends={[t("chart.ago", { span }), t("chart.now")]}
          moment={(seconds) => format.exactClock(new Date(seconds * 1000).toISOString())}
          legend={() => null}
          label={t("dashboard.peopleChart", { count: players })}
        />
      </div>
      <div className={classes.peopleFoot}>
        <span>
          <strong>{format.count(accounts)}</strong> {t("dashboard.accounts", { count: accounts })}
        </span>
        <span>
          <strong>{format.count(guests)}</strong> {t("dashboard.guests", { count: guests })}
        </span>
        <span>
          <strong>{format.count(sumOf(history, 300, (sample) => sample.joins))}</strong>{" "}
          {t("dashboard.joined")},{" "}
          <strong>{format.count(sumOf(history, 300, (sample) => sample.leaves))}</strong>{" "}
          {t("dashboard.left", { span })}
        </span>
      </div>
    </div>
  );
}

function kindsOf(sessions: Iterable<{ readonly joined: boolean; readonly kind: string }>) {
  let accounts = 0;
  let guests = 0;
  for (const { joined, kind } of sessions) {
    if (!joined) continue;
    if (kind === "account") accounts += 1;
    else if (kind === "guest") guests += 1;
  }
  return { accounts, guests };
}
