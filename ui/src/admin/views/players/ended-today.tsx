/** Visits that ended today, the last one first: who, when they came and went, and how it ended. */
import { useMediaQuery } from "@mantine/hooks";
import { SignOutIcon } from "@phosphor-icons/react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import { visits } from "../../api/lists";
import type { EndedVisit, PersonRef } from "../../contract";
import { useFormat } from "../../format/use-format";
import { type ListColumn, ListRows } from "../../kit/list-table";
import { useSearchText } from "../../kit/search-field";
import { Empty, NoMatch } from "../../kit/states";
import tools from "../../kit/tools.module.css";
import { PAGE_SIZE, type Pages, usePages } from "../../kit/use-pages";
import { PersonPortrait } from "../../people/person-portrait";
import { goTo } from "../../route/use-route";
import classes from "./players.module.css";

export interface EndedTodayProps {
  readonly text: string;
  readonly onClear: () => void;
  /** Whose drawer is open. */
  readonly chosen: PersonRef | null;
}

export function EndedToday({ text, onClear, chosen }: EndedTodayProps) {
  const { t } = useTranslation();
  const search = useSearchText(text);
  const pages = useEndedToday(search);
  const columns = useColumns();
  const open = pages.items.find(({ person }) => isSame(person, chosen));
  return (
    <ListRows
      pages={pages}
      columns={columns}
      label={t("players.ended.list")}
      failed={t("players.ended.failed")}
      empty={
        search === "" ? (
          <Empty icon={SignOutIcon}>{t("players.ended.none")}</Empty>
        ) : (
          <NoMatch onClear={onClear} />
        )
      }
      narrow
      selectedId={open?.id ?? null}
      onSelect={({ person }) => openPerson(person)}
    />
  );
}

const isSame = (person: PersonRef, other: PersonRef | null) =>
  person.kind === other?.kind && person.subject === other.subject;

function openPerson({ kind, subject }: PersonRef): void {
  goTo({ view: "players", item: null, query: { person: `${kind}:${subject}` } }, "replace");
}

/** Looks whether somebody left, ms. */
const LOOK_MS = 10_000;

/** Grows from the moment it was asked for: who leaves meanwhile moves no row, and is there with the next look. */
function useEndedToday(search: string): Pages<EndedVisit> {
  const { api } = useAdmin();
  const until = useRef("");
  const pages = usePages(`ended ${search}`, async (offset, limit, signal) => {
    const now = new Date();
    if (offset === 0) until.current = now.toISOString();
    const from = new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
    const page = await visits(api, { search, from, to: until.current, offset, limit }, signal);
    return { total: page.total, items: page.visits };
  });
  const sessions = useMirror((mirror) => mirror.sessions);
  const looked = useRef(sessions);
  const newest = useRef({ sessions, pages });
  newest.current = { sessions, pages };
  useEffect(() => {
    const timer = window.setInterval(() => {
      const { sessions: now, pages: shown } = newest.current;
      // Who has scrolled down reads on undisturbed.
      if (now === looked.current || shown.items.length > PAGE_SIZE || document.hidden) return;
      looked.current = now;
      shown.reload();
    }, LOOK_MS);
    return () => window.clearInterval(timer);
  }, []);
  return pages;
}

function useColumns(): readonly ListColumn<EndedVisit>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = useMediaQuery("(max-width: 640px)");
  return useMemo(() => {
    const time = (iso: string) => (
      <time className={classes.time} dateTime={iso} title={format.full(iso)}>
        {format.moment(iso, Date.now())}
      </time>
    );
    const stayed = ({ beganAt, endedAt }: EndedVisit) => (
      <span className={classes.time}>{format.span(Date.parse(endedAt) - Date.parse(beganAt))}</span>
    );
    const how = ({ how }: EndedVisit) => t(`person.how.${how}`);
    const who: ListColumn<EndedVisit> = {
      id: "name",
      title: t("players.column.name"),
      cell: (visit) => <Who visit={visit} below={phone ? how(visit) : null} />,
    };
    const went: ListColumn<EndedVisit> = {
      id: "went",
      title: t("players.ended.went"),
      width: phone ? 66 : 110,
      cell: ({ endedAt }) => time(endedAt),
    };
    const long: ListColumn<EndedVisit> = {
      id: "stayed",
      title: t("players.ended.stayed"),
      numeric: true,
      width: phone ? 96 : 110,
      cell: stayed,
    };
    if (phone) return [who, went, long];
    const came: ListColumn<EndedVisit> = {
      id: "came",
      title: t("players.ended.came"),
      width: 110,
      cell: ({ beganAt }) => time(beganAt),
    };
    return [who, came, went, long, { id: "how", title: t("players.ended.why"), width: 260, cell: how }];
  }, [t, format, phone]);
}

function Who({ visit, below }: { readonly visit: EndedVisit; readonly below: string | null }) {
  return (
    <button
      type="button"
      className={tools.who}
      onClick={(event) => {
        event.stopPropagation();
        openPerson(visit.person);
      }}
    >
      <PersonPortrait person={visit.person} id={visit.playerId} />
      <span className={classes.twoLines}>
        <span className="name" dir="auto" title={visit.name}>
          {visit.name}
        </span>
        {below !== null && <small>{below}</small>}
      </span>
    </button>
  );
}
