/**
 * Everything about one person, at the right of a list: actions, facts, reports, last messages, record, notes.
 *
 * Not modal: the list beside it stays in use, and its arrow keys go on choosing. A session that ends stays in sight as
 * long as the drawer is open.
 */
import { CloseButton } from "@mantine/core";
import { UserIcon } from "@phosphor-icons/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../access/admin";
import * as calls from "../api/calls";
import type { AdminSession, PersonRecord, PersonRef } from "../contract";
import { dialogOpen } from "../keys/keys";
import { ActionButton } from "../kit/action-button";
import { Empty, Failed, LoadingRows } from "../kit/states";
import { useReloadOn } from "../kit/use-reload-on";
import { useResource } from "../kit/use-resource";
import { Stale } from "../kit/when-read";
import type { Target } from "../state/dialog";
import { openDialog } from "../state/dialog";
import { ACTION_ICONS, ACTIONS, isHarsh, obstacle } from "./action-items";
import classes from "./person-drawer.module.css";
import { PersonFacts } from "./person-facts";
import { TargetPortrait } from "./person-portrait";
import { PersonRecordSections } from "./person-record";
import { personOf, sessionOf, targetOfRecord, targetOfSession } from "./target";

export interface PersonDrawerProps {
  /** A live session, or one that was live. */
  readonly sessionId: string | null;
  /** Where no session is known. */
  readonly person: PersonRef | null;
  readonly onClose: () => void;
}

export function PersonDrawer({ sessionId, person, onClose }: PersonDrawerProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const { session, here } = useSession(sessionId, person);
  const whom = person ?? (session && personOf(session));
  // An action about this person makes the record new; one glance at the newest is enough to notice.
  const lastAction = useMirror((mirror) => mirror.actions[0]?.id ?? "");
  const { resource, reload } = useResource(whom ? `${whom.kind} ${whom.subject}` : "", async (signal) =>
    whom === null ? null : (await calls.record(api, whom, signal)).record,
  );
  useReloadOn(lastAction, reload);
  useEscape(onClose);

  const known = useMirror(() => true) ?? false;
  const record = resource.kind === "ready" ? resource.value : null;
  useReloadWhile(here && record !== null && isBeingRead(record), reload);
  const target = targetFor(session, record, here, t("players.nameless"));
  return (
    <aside
      className={classes.drawer}
      aria-label={target ? t("person.about", { name: target.name }) : t("person.title")}
    >
      <CloseButton className={classes.close ?? ""} aria-label={t("dialog.close")} onClick={onClose} />
      {target && (
        <header className={classes.head}>
          <TargetPortrait target={target} size={56} />
          <div className={classes.who}>
            <h2 className="name" dir="auto" title={target.name}>
              {target.name}
            </h2>
            <p className={classes.where}>
              <span className={classes.dot} data-here={(here && session?.joined) || undefined} />
              {t(here ? (session?.joined ? "person.inside" : "person.watching") : "person.away")}
            </p>
          </div>
        </header>
      )}
      {target && <Actions target={target} />}
      {session && <PersonFacts session={session} record={record} />}
      {resource.kind === "loading" && <LoadingRows rows={5} height={32} />}
      {resource.kind === "failed" && (
        <Failed what={t("person.failed")} message={resource.message} onRetry={reload} />
      )}
      <Stale of={resource} onRetry={reload} />
      {known && resource.kind === "ready" && target === null && (
        <Empty icon={UserIcon}>{t("why.gone")}</Empty>
      )}
      {record && (
        <PersonRecordSections key={`${record.kind} ${record.subject}`} record={record} onChanged={reload} />
      )}
    </aside>
  );
}

/** How long a warning may take to be read while somebody looks, ms, and how often that is asked. */
const READING_MS = 10 * 60_000;
const ASK_EVERY_MS = 5000;

/** Whether a warning is out that the person may be reading right now. */
function isBeingRead({ warnings }: PersonRecord): boolean {
  return warnings.some(({ at, readAt }) => readAt === null && Date.now() - Date.parse(at) < READING_MS);
}

/** That a warning was read is no action of a moderator, so no feed carries it. */
function useReloadWhile(needed: boolean, reload: () => void): void {
  useEffect(() => {
    if (!needed) return;
    const timer = window.setInterval(reload, ASK_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [needed, reload]);
}

/** The newest known state of a session, or of one of a person's, and whether it is still there. */
function useSession(
  id: string | null,
  person: PersonRef | null,
): { readonly session: AdminSession | null; readonly here: boolean } {
  const now = useMirror((mirror) => {
    if (id !== null) return mirror.sessions.get(id);
    return person ? sessionOf(person, mirror.sessions.values()) : undefined;
  });
  const key = id ?? (person ? `${person.kind} ${person.subject}` : "");
  const last = useRef<{ readonly key: string; readonly session: AdminSession } | null>(null);
  if (now) last.current = { key, session: now };
  const before = last.current?.key === key ? last.current.session : null;
  return { session: now ?? before, here: Boolean(now) };
}

function targetFor(
  session: AdminSession | null,
  record: PersonRecord | null,
  here: boolean,
  nameless: string,
): Target | null {
  if (session) {
    const target = targetOfSession(session, record?.name ?? nameless);
    return here ? target : { ...target, sessionId: null };
  }
  return record ? targetOfRecord(record, null) : null;
}

function Actions({ target }: { readonly target: Target }) {
  const { t } = useTranslation();
  return (
    <div className={classes.actions}>
      {ACTIONS.map((kind) => {
        const Picture = ACTION_ICONS[kind];
        const why = obstacle(kind, target);
        return (
          <ActionButton
            key={kind}
            right={kind}
            why={why && t(`why.${why}`)}
            variant="default"
            className={isHarsh(kind) ? classes.harsh : undefined}
            leftSection={<Picture size={16} />}
            onClick={() => openDialog({ kind, target })}
          >
            {t(`act.${kind}`)}
          </ActionButton>
        );
      })}
    </div>
  );
}

function useEscape(close: () => void): void {
  const newest = useRef(close);
  newest.current = close;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !dialogOpen()) newest.current();
    };
    // Listening first, it still sees a dialog over the drawer that takes the same key and is gone.
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
