/** Who came, who went and what moderators did, newest first. */
import { GavelIcon } from "@phosphor-icons/react";
import { useMemo } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useMirror } from "../../access/admin";
import { useFormat, useSecond } from "../../format/use-format";
import { SessionPortrait } from "../../people/person-portrait";
import { ActionWords } from "../audit/action-words";
import { type ActivityLine, activityLines } from "./activity-lines";
import classes from "./dashboard.module.css";

const SHOWN = 5;

export function ActivityPanel() {
  const { t } = useTranslation();
  const comings = useMirror((mirror) => mirror.activity);
  const actions = useMirror((mirror) => mirror.actions);
  const lines = useMemo(() => activityLines(comings ?? [], actions ?? [], SHOWN), [comings, actions]);
  return (
    <section className={classes.panel} aria-labelledby="activity">
      <div className={classes.panelHead}>
        <h2 id="activity">{t("activity.title")}</h2>
        <a href="#/audit">{t("activity.all")}</a>
      </div>
      {lines.length === 0 && <p className={classes.calm}>{t("activity.none")}</p>}
      <ul className={classes.events}>
        {lines.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Line({ line }: { readonly line: ActivityLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  return (
    <li className={classes.event}>
      {line.kind === "action" ? (
        <span className={classes.actorIcon}>
          <GavelIcon size={13} aria-hidden="true" />
        </span>
      ) : (
        <SessionPortrait session={line.session} size={22} />
      )}
      <p>
        <Words line={line} />
      </p>
      <time dateTime={line.at} title={format.full(line.at)}>
        {now - Date.parse(line.at) < 4000 ? t("activity.now") : format.ago(line.at, now)}
      </time>
    </li>
  );
}

function Words({ line }: { readonly line: ActivityLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (line.kind === "action") return <ActionWords entry={line.entry} />;
  const { session } = line;
  const name = session.name ?? session.playerId ?? t("players.nameless");
  const span = session.joinedAt ? format.span(Date.parse(line.at) - Date.parse(session.joinedAt)) : "";
  return (
    <Trans
      i18nKey={line.kind === "joined" ? "activity.joined" : "activity.left"}
      values={{ name, address: session.address, span }}
      components={{ b: <strong dir="auto" /> }}
      shouldUnescape
    />
  );
}
