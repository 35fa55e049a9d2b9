/** What is known about a live session, as a list of facts. */
import { useTranslation } from "react-i18next";
import { useMirror, useMove } from "../access/admin";
import type { AdminSession, PersonRecord } from "../contract";
import { untilWords } from "../format/until";
import { useFormat, useSecond } from "../format/use-format";
import { BUILT_IN } from "../harbour/built-in";
import { placeName } from "../harbour/place-name";
import { browserName } from "./browser-name";
import classes from "./person-drawer.module.css";

export interface PersonFactsProps {
  readonly session: AdminSession;
  readonly record: PersonRecord | null;
}

export function PersonFacts({ session, record }: PersonFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useSecond();
  const nodes = useMirror((mirror) => mirror.nodes.length) ?? 1;
  const others = record?.sameAddress.map((other) => other.name).slice(0, 3) ?? [];
  const { position, pingMs } = useMove(session.id) ?? session;
  const place = position && session.joined ? BUILT_IN.areaAt(position) : null;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t("person.kind"), kindText()],
    [
      t("person.address"),
      <span key="address">
        <Mono>{session.address}</Mono>
        {others.length > 0 && (
          <span className={classes.by}>, {t("person.also", { names: others.join(", ") })}</span>
        )}
      </span>,
    ],
    [
      t("person.connected"),
      <time key="connected" dateTime={session.connectedAt} title={format.full(session.connectedAt)}>
        {t("person.since", {
          at: format.moment(session.connectedAt, now),
          span: format.span(now - Date.parse(session.connectedAt)),
        })}
      </time>,
    ],
    [t("person.ping"), pingMs === null ? "-" : `${format.measure(pingMs)}\u00a0ms`],
    ...(place === null ? [] : [[t("person.place"), placeName(t, place)] as const]),
    [
      t("person.client"),
      t(session.batch ? "person.batch" : "person.plain", { transport: session.transport }),
    ],
    ...(session.userAgent === null
      ? []
      : [
          [
            t("person.agent"),
            <span key="agent" title={session.userAgent}>
              {browserName(session.userAgent)}
            </span>,
          ] as const,
        ]),
    ...(session.muted
      ? [
          [
            t("person.muted"),
            session.muted.until === null
              ? t("person.forGood")
              : t("person.until", { at: untilWords(t, format, session.muted.until, now) }),
          ] as const,
        ]
      : []),
  ];
  const ids: readonly (readonly [string, string])[] = [
    ...(session.playerId === null ? [] : [[t("person.playerId"), session.playerId] as const]),
    ...(nodes > 1 ? [[t("person.node"), session.node] as const] : []),
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
      </dl>
      {ids.length > 0 && (
        <details className={classes.technical}>
          <summary>{t("person.technical")}</summary>
          <dl className={classes.facts}>
            {ids.map(([name, value]) => (
              <FactRow key={name} name={name} value={<Mono>{value}</Mono>} />
            ))}
          </dl>
        </details>
      )}
    </>
  );

  function kindText(): string {
    const kind = t(`kind.${session.kind}`);
    return session.role === null || session.role === "user" ? kind : `${kind}, ${t(`role.${session.role}`)}`;
  }
}

function FactRow({ name, value }: { readonly name: string; readonly value: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="tnum">{value}</dd>
    </>
  );
}

function Mono({ children }: { readonly children: React.ReactNode }) {
  return <span className="mono">{children}</span>;
}
