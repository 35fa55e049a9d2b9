/** Rows of the stream that nobody said: a day begins, people come and go, an announcement. */
import { MegaphoneIcon, SignInIcon, SignOutIcon } from "@phosphor-icons/react";
import { Trans, useTranslation } from "react-i18next";
import type { AdminSession, ArchivedMessage } from "../../contract";
import { daysAgo } from "../../format/days";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import classes from "./chat.module.css";
import { LineActions } from "./message-line";

export function DayRow({ at }: { readonly at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ago = daysAgo(at, useQuarterMinute());
  return (
    <h2 className={classes.day}>
      {ago === 0 && <b>{t("audit.today")}</b>}
      {ago === 1 && <b>{t("audit.yesterday")}</b>}
      <span>{format.longDay(at)}</span>
    </h2>
  );
}

/** Named in one line; the others are counted. */
const NAMED = 5;

export interface MoveRowProps {
  readonly kind: "joined" | "left";
  readonly at: string;
  readonly sessions: readonly AdminSession[];
}

export function MoveRow({ kind, at, sessions }: MoveRowProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [first] = sessions;
  const names = sessions
    .slice(0, NAMED)
    .map(({ name, playerId }) => name ?? playerId ?? t("players.nameless"));
  const more = sessions.length - names.length;
  const all = more > 0 ? [...names, t("chat.nMore", { count: more })] : names;
  const who = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(all);
  const stayed =
    kind === "left" && sessions.length === 1 && first?.joinedAt
      ? Date.parse(at) - Date.parse(first.joinedAt)
      : null;
  const Picture = kind === "joined" ? SignInIcon : SignOutIcon;
  return (
    <p className={classes.move}>
      <time dateTime={at} title={format.full(at)}>
        {format.clock(at)}
      </time>
      <Picture size={15} aria-hidden="true" />
      <span>
        <Trans
          i18nKey={stayed === null ? `chat.${kind}` : "chat.leftAfter"}
          count={sessions.length}
          values={{ who, span: stayed === null ? "" : format.span(stayed) }}
          components={{ b: <b dir="auto" /> }}
          shouldUnescape
        />
      </span>
    </p>
  );
}

interface AnnouncedRowProps {
  readonly message: ArchivedMessage;
  readonly by: string | null;
}

export function AnnouncedRow({ message, by }: AnnouncedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article className={classes.announced}>
      <MegaphoneIcon size={16} weight="fill" aria-hidden="true" />
      <div>
        <p className="freetext" dir="auto">
          {message.content}
        </p>
        <p className={classes.by}>
          {by === null
            ? t("chat.announced", { at: format.clock(message.timestamp) })
            : t("chat.announcedBy", { name: by, at: format.clock(message.timestamp) })}
        </p>
      </div>
      <LineActions message={message} />
    </article>
  );
}
