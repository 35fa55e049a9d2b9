/** The nodes of a world that several servers share. */
import { WarningIcon } from "@phosphor-icons/react";
import { useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { useFormat } from "../../format/use-format";
import { Tag } from "../../kit/tag";
import classes from "./dashboard.module.css";

export function Nodes() {
  const { t } = useTranslation();
  const format = useFormat();
  const nodes = useMirror((mirror) => mirror.nodes) ?? [];
  const cluster = useMirror((mirror) => mirror.server.cluster) ?? "standalone";
  const ms = (value: number | null) => (value === null ? "-" : `${format.count(value)}\u00a0ms`);
  return (
    <section className={classes.panel} aria-labelledby="nodes">
      <div className={classes.panelHead}>
        <h2 id="nodes">{t("nodes.title")}</h2>
        <Tag tone={cluster === "healthy" ? "success" : "warn"}>{t(`nodes.${cluster}`)}</Tag>
      </div>
      <div className={classes.scroll}>
        <table className={classes.nodes}>
          <thead>
            <tr>
              <th>{t("nodes.node")}</th>
              <th>{t("nodes.address")}</th>
              <th data-numeric>{t("nodes.players")}</th>
              <th data-numeric>{t("nodes.lease")}</th>
              <th data-numeric>{t("nodes.lag")}</th>
              <th>{t("nodes.version")}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <tr key={node.id}>
                <td>
                  <span className={classes.nodeName}>
                    <span className="mono">{node.id}</span>
                    {node.self && <Tag>{t("nodes.this")}</Tag>}
                    {node.silent && (
                      <Tag tone="warn" icon={WarningIcon}>
                        {t("nodes.silent")}
                      </Tag>
                    )}
                  </span>
                </td>
                <td className="mono" data-label={t("nodes.address")}>
                  {node.address ?? "-"}
                </td>
                <td data-numeric data-label={t("nodes.players")}>
                  {format.count(node.players)}
                </td>
                <td data-numeric data-label={t("nodes.lease")}>
                  {ms(node.leaseAgeMs)}
                </td>
                <td data-numeric data-label={t("nodes.lag")}>
                  {ms(node.lagMs)}
                </td>
                <td data-label={t("nodes.version")}>{node.version}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
