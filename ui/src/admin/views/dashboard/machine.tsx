/** What the program takes from its computer. */
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { useFormat } from "../../format/use-format";
import classes from "./dashboard.module.css";

export function Machine() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMirror((mirror) => mirror.now);
  const host = useMirror((mirror) => mirror.now.hostMemoryPercent) ?? 0;
  return (
    <section className={classes.panel} aria-labelledby="machine">
      <div className={classes.panelHead}>
        <h2 id="machine">{t("machine.title")}</h2>
      </div>
      {now && (
        <dl className={classes.gauges}>
          <Gauge
            name={t("machine.processor")}
            percent={now.cpuPercent}
            value={format.percent(now.cpuPercent)}
          />
          <Gauge name={t("machine.memory")} percent={host} value={format.bytes(now.memoryBytes)} />
          <Gauge name={t("machine.sockets")} value={format.count(now.sockets)} />
          <Gauge
            name={t("machine.slow")}
            value={now.slowClients === 0 ? t("machine.none") : format.count(now.slowClients)}
          />
          <Gauge
            name={t("machine.ack")}
            value={now.ackP95Ms === null ? "-" : `${format.measure(now.ackP95Ms)}\u00a0ms`}
          />
        </dl>
      )}
    </section>
  );
}

interface GaugeProps {
  readonly name: string;
  readonly value: string;
  /** Draws a bar. */
  readonly percent?: number;
}

function Gauge({ name, value, percent }: GaugeProps) {
  return (
    <div className={classes.gauge}>
      <dt>{name}</dt>
      {percent !== undefined && (
        <dd className={classes.bar} aria-hidden="true">
          <div style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
        </dd>
      )}
      <dd>{value}</dd>
    </div>
  );
}
