/**
 * Everything about one person, at the right of a list: actions, facts, reports, last messages, record, notes.
 *
 * Not modal: the list beside it stays in use, and its arrow keys go on choosing. A session that ends stays in sight as
 * long as the drawer is open.
 */
import { CloseButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../access/admin";
import * as calls from "../api/calls";
import type { AdminSession, PersonRecord, PersonRef } from "../contract";
import type { Target } from "../dialogs/dialog-store";
import { openDialog } from "../dialogs/dialog-store";
import { ActionButton } from "../kit/action-button";
import { Failed, LoadingRows } from "../kit/states";
import { useResource } from "../kit/use-resource";
import { dialogOpen } from "../shell/use-shortcuts";
import { ACTION_ICONS, ACTIONS, isHarsh, obstacle } from "./action-items";
import classes from "./person-drawer.module.css";
import { PersonFacts } from "./person-facts";
import { PersonRecordSections } from "./person-record";
import { Portrait } from "./portrait";
import { targetOfRecord, targetOfSession } from "./target";

export interface PersonDrawerProps {
  /** A live session, or one that was live. */
  readonly sessionId: string | null;
  /** Where no session is known. */
  readonly person: PersonRef | null;
  readonly onClose: () => void;
}

interface Known {
  readonly session: AdminSession | null;
  readonly record: PersonRecord | null;
}

export function PersonDrawer({ sessionId, person, onClose }: PersonDrawerProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const live = useSession(sessionId);
  // An action about this person makes the record new; one glance at the newest is enough to notice.
  const lastAction = useMirror((mirror) => mirror.actions[0]?.id ?? "") ?? "";
  const key = sessionId ?? (person ? `${person.kind} ${person.subject}` : "");
  const { resource, reload } = useResource<Known>(key, async (signal) => {
    if (sessionId !== null) return calls.session(api, sessionId, signal);
    if (person === null) return { session: null, record: null };
    return { session: null, ...(await calls.record(api, person, signal)) };
  });
  useReloadOn(lastAction, reload);
  useEscape(onClose);

  const known = resource.kind === "ready" ? resource.value : null;
  const session = live.session ?? known?.session ?? null;
  const record = known?.record ?? null;
  const target = targetFor(session, record, live.here, t("players.nameless"));
  return (
    <aside
      className={classes.drawer}
      aria-label={target ? t("person.about", { name: target.name }) : t("person.title")}
    >
      <CloseButton className={classes.close ?? ""} aria-label={t("dialog.close")} onClick={onClose} />
      {target && (
        <header className={classes.head}>
          <Portrait id={target.lookId} size={56} />
          <div className={classes.who}>
            <h2 className="name" dir="auto" title={target.name}>
              {target.name}
            </h2>
            <p className={classes.where}>
              <span className={classes.dot} data-here={(live.here && session?.joined) || undefined} />
              {t(live.here ? (session?.joined ? "person.inside" : "person.watching") : "person.away")}
            </p>
          </div>
        </header>
      )}
      {target && <Actions target={target} />}
      {session && <PersonFacts session={session} record={record} />}
      {resource.kind === "loading" && <LoadingRows rows={5} height={32} />}
      {resource.kind === "failed" && session === null && (
        <Failed what={t("person.failed")} message={resource.message} onRetry={reload} />
      )}
      {record && (
        <PersonRecordSections key={`${record.kind} ${record.subject}`} record={record} onChanged={reload} />
      )}
    </aside>
  );
}

/** The newest known state of a session, and whether it is still there. */
function useSession(id: string | null): { readonly session: AdminSession | null; readonly here: boolean } {
  const now = useMirror((mirror) => (id === null ? undefined : mirror.sessions.get(id))) ?? null;
  const last = useRef<AdminSession | null>(null);
  if (now) last.current = now;
  const session = now ?? (last.current?.id === id ? last.current : null);
  return { session, here: now !== null };
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

function useReloadOn(value: string, reload: () => void): void {
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    reload();
  }, [value, reload]);
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !dialogOpen()) close();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [close]);
}
