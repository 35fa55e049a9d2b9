/** Accounts: who has one, what they may do, and whether they are kept out. */
import { Button, Select } from "@mantine/core";
import {
  ClockCountdownIcon,
  IdentificationCardIcon,
  MagnifyingGlassIcon,
  PlusIcon,
  ProhibitIcon,
} from "@phosphor-icons/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useHindrance, useMe, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import { users } from "../../api/lists";
import type { UserView } from "../../contract";
import { ROLES } from "../../dialogs/user-dialogs";
import { untilWords } from "../../format/until";
import { useFormat, useQuarterMinute } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { type ListColumn, ListTable } from "../../kit/list-table";
import { Page } from "../../kit/page";
import { SearchField, useSearchText } from "../../kit/search-field";
import { Empty } from "../../kit/states";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import { useAttempt } from "../../kit/use-attempt";
import { useDone } from "../../kit/use-done";
import { usePages } from "../../kit/use-pages";
import { useReloadOn } from "../../kit/use-reload-on";
import { PersonDrawer } from "../../people/person-drawer";
import { PersonPortrait } from "../../people/person-portrait";
import { usePerson } from "../../route/use-person";
import { openDialog } from "../../state/dialog";
import { usersChanged, useUsersTurn } from "../../state/users-changed";
import { UserMenu } from "./user-menu";
import classes from "./users.module.css";

export default function Users() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [text, setText] = useState("");
  const [person, setPerson] = usePerson();
  const search = useSearchText(text);
  const me = useMe();
  const here = useHere();
  const pages = usePages(search, async (offset, limit, signal) => {
    const page = await users(api, { search, offset, limit }, signal);
    return { total: page.total, items: page.users };
  });
  useReloadOn(useUsersTurn(), pages.reload);
  const columns = useMemo(
    (): ListColumn<UserView>[] => [
      {
        id: "name",
        title: t("users.name"),
        cell: (user) => (
          <button
            type="button"
            className={tools.who}
            onClick={(event) => {
              event.stopPropagation();
              setPerson({ kind: "account", subject: user.id });
            }}
          >
            <PersonPortrait person={{ kind: "account", subject: user.id }} id={user.id} size={32} />
            <span className={classes.named}>
              <span className="name" dir="auto" title={user.username}>
                {user.username}
              </span>
              <small className="name" title={user.email}>
                {user.email}
              </small>
            </span>
            {user.id === me.id && <Tag tone="accent">{t("users.you")}</Tag>}
          </button>
        ),
      },
      { id: "role", title: t("users.role"), cell: (user) => <RoleSelect user={user} /> },
      {
        id: "state",
        title: t("users.state"),
        cell: (user) => <Standing user={user} here={here.has(user.id)} />,
      },
      { id: "since", title: t("users.since"), cell: (user) => <Since iso={user.createdAt} /> },
      { id: "menu", title: "", cell: (user) => <UserMenu user={user} /> },
    ],
    [t, setPerson, me.id, here],
  );
  return (
    <Page
      title={t("view.users")}
      layout="fill"
      drawer={person && <PersonDrawer sessionId={null} person={person} onClose={() => setPerson(null)} />}
      actions={
        <ActionButton
          right="users"
          leftSection={<PlusIcon size={16} />}
          onClick={() => openDialog({ kind: "new-user" })}
        >
          {t("users.add")}
        </ActionButton>
      }
    >
      <div className={tools.tools}>
        <SearchField value={text} onChange={setText} label={t("users.search")} />
        {pages.kind === "ready" && <Count total={pages.total} searched={search !== ""} here={here.size} />}
      </div>
      <ListTable
        pages={pages}
        columns={columns}
        label={t("view.users")}
        failed={t("users.failed")}
        selectedId={person?.subject ?? null}
        onSelect={(user) => setPerson({ kind: "account", subject: user.id })}
        tall
        stacked
        empty={<Nobody search={search} onClear={() => setText("")} />}
      />
    </Page>
  );
}

function RoleSelect({ user }: { readonly user: UserView }) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const me = useMe();
  const hindrance = useHindrance("users");
  const done = useDone();
  const { busy, attempt } = useAttempt();
  if (hindrance !== null || me.id === user.id) return <>{t(`role.${user.role}`)}</>;
  const change = async (role: string | null) => {
    if (role === null || role === user.role) return;
    if (user.role === "host") return openDialog({ kind: "demote", user, role: role as UserView["role"] });
    await attempt(async () => {
      const { action } = await calls.changeUser(api, user.id, { role });
      usersChanged();
      done(t("users.roleDone", { name: user.username, role: t(`role.${role as UserView["role"]}`) }), action);
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on the field from choosing the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: it does nothing of its own
    <div onClick={(event) => event.stopPropagation()}>
      <Select
        aria-label={t("users.roleOf", { name: user.username })}
        value={user.role}
        disabled={busy}
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChange={(role) => void change(role)}
        w={132}
        variant="unstyled"
        classNames={{ input: classes.role ?? "" }}
      />
    </div>
  );
}

interface StandingProps {
  readonly user: UserView;
  /** In the world at this moment. */
  readonly here: boolean;
}

function Standing({ user, here }: StandingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useQuarterMinute();
  if (user.isBanned)
    return (
      <Tag tone="danger" icon={ProhibitIcon}>
        {t("users.banned")}
      </Tag>
    );
  if (user.suspensionUntil && Date.parse(user.suspensionUntil) > now)
    return (
      <Tag tone="danger" icon={ClockCountdownIcon}>
        {t("users.suspended", { at: untilWords(t, format, user.suspensionUntil, now) })}
      </Tag>
    );
  if (here) return <Tag tone="lantern">{t("users.here")}</Tag>;
  return <span className={tools.dim}>{t("users.fine")}</span>;
}

function Since({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return (
    <time dateTime={iso} title={format.full(iso)}>
      {format.day(iso)}
    </time>
  );
}

/** Accounts that play at this moment. */
function useHere(): ReadonlySet<string> {
  const sessions = useMirror((mirror) => mirror.sessions);
  return useMemo(() => {
    const all = new Set<string>();
    for (const { kind, joined, subject } of sessions?.values() ?? [])
      if (kind === "account" && joined) all.add(subject);
    return all;
  }, [sessions]);
}

interface CountProps {
  readonly total: number;
  readonly searched: boolean;
  readonly here: number;
}

function Count({ total, searched, here }: CountProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className={classes.count}>
      <b>{format.count(total)}</b> {t(searched ? "users.found" : "users.accounts", { count: total })}
      {!searched && here > 0 && (
        <>
          , <b data-people>{format.count(here)}</b> {t("users.hereNow", { count: here })}
        </>
      )}
    </p>
  );
}

interface NobodyProps {
  readonly search: string;
  readonly onClear: () => void;
}

function Nobody({ search, onClear }: NobodyProps) {
  const { t } = useTranslation();
  if (search !== "") {
    return (
      <Empty
        icon={MagnifyingGlassIcon}
        action={
          <Button variant="default" onClick={onClear}>
            {t("users.clear")}
          </Button>
        }
      >
        {t("users.noMatch", { text: search })}
      </Empty>
    );
  }
  return (
    <Empty
      icon={IdentificationCardIcon}
      action={
        <ActionButton right="users" variant="default" onClick={() => openDialog({ kind: "new-user" })}>
          {t("users.add")}
        </ActionButton>
      }
    >
      {t("users.none")}
    </Empty>
  );
}
