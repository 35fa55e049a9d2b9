/** What a host does to accounts: make one, give it a new password, suspend it, make it no host any more, delete it. */

import type { BodyOf } from "@comutiny/client/contract";
import { PasswordInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import type { UserView } from "../contract";
import { useDone } from "../kit/use-done";
import { usersChanged } from "../state/users-changed";
import { DialogFrame } from "./dialog-frame";
import { BAN_PRESETS, type Duration, minutesOf } from "./duration";
import { DurationField, ReasonField } from "./fields";
import { useMadeThings } from "./made-things";

/** From the contract. */
const SHORTEST_PASSWORD = 8;
export const ROLES = ["user", "viewer", "moderator", "host"] as const;

interface UserDialogProps {
  readonly user: UserView;
}

const asTarget = (user: UserView) => ({
  name: user.username,
  playerId: user.id,
  sessionId: null,
  person: { kind: "account", subject: user.id } as const,
});

export function NewUserDialog() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [user, setUser] = useState<BodyOf<"addUser">>({
    username: "",
    email: "",
    password: "",
    role: "user",
  });
  const missing = user.username.trim() === "" || user.email.trim() === "";
  return (
    <DialogFrame
      question={t("newUser.question")}
      consequence={t("newUser.consequence")}
      verb={t("newUser.verb")}
      tone="plain"
      right="users"
      incomplete={
        missing
          ? t("newUser.missing")
          : user.password.length < SHORTEST_PASSWORD
            ? t("password.short", { count: SHORTEST_PASSWORD })
            : null
      }
      onSubmit={async () => {
        const { action } = await calls.addUser(api, user);
        usersChanged();
        done(t("newUser.done", { name: user.username }), action);
      }}
    >
      <TextInput
        label={t("newUser.name")}
        value={user.username}
        onChange={(event) => setUser({ ...user, username: event.currentTarget.value })}
        maxLength={40}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t("newUser.email")}
        type="email"
        value={user.email}
        onChange={(event) => setUser({ ...user, email: event.currentTarget.value })}
        autoComplete="off"
      />
      <PasswordInput
        label={t("newUser.password")}
        value={user.password}
        onChange={(event) => setUser({ ...user, password: event.currentTarget.value })}
        autoComplete="new-password"
      />
      <Select
        label={t("newUser.role")}
        value={user.role ?? "user"}
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChange={(role) => setUser({ ...user, role: role ?? "user" })}
      />
    </DialogFrame>
  );
}

export function PasswordDialog({ user }: UserDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [password, setPassword] = useState("");
  return (
    <DialogFrame
      question={t("password.question", { name: user.username })}
      consequence={t("password.consequence")}
      target={asTarget(user)}
      verb={t("password.verb")}
      tone="plain"
      right="users"
      incomplete={
        password.length < SHORTEST_PASSWORD ? t("password.short", { count: SHORTEST_PASSWORD }) : null
      }
      onSubmit={async () => {
        await calls.resetPassword(api, user.id, password);
        done(t("password.done", { name: user.username }));
      }}
    >
      <PasswordInput
        label={t("password.label")}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        data-autofocus
      />
    </DialogFrame>
  );
}

export function SuspendDialog({ user }: UserDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [reason, setReason] = useState("");
  const [duration, setDuration] = useState<Duration>({ kind: "preset", minutes: 1440 });
  const minutes = minutesOf(duration);
  const made = useMadeThings({ id: user.id, name: user.username });
  return (
    <DialogFrame
      question={t("suspend.question", { name: user.username })}
      consequence={t("suspend.consequence")}
      target={asTarget(user)}
      verb={t("suspend.verb")}
      tone="danger"
      right="ban"
      incomplete={minutes === undefined ? t("duration.invalid") : made.incomplete}
      onSubmit={async () => {
        if (minutes === undefined) return;
        const until = minutes === null ? null : new Date(Date.now() + minutes * 60_000).toISOString();
        const { action } = await calls.changeUser(api, user.id, {
          suspensionReason: reason.trim() === "" ? null : reason.trim(),
          ...(until === null ? { isBanned: true } : { suspensionUntil: until }),
        });
        usersChanged();
        await made.end();
        done(t("suspend.done", { name: user.username }), action);
      }}
    >
      <ReasonField value={reason} onChange={setReason} />
      <DurationField value={duration} onChange={setDuration} presets={BAN_PRESETS} />
      {made.field}
    </DialogFrame>
  );
}

export function RemoveUserDialog({ user }: UserDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const [name, setName] = useState("");
  const made = useMadeThings({ id: user.id, name: user.username });
  return (
    <DialogFrame
      question={t("removeUser.question", { name: user.username })}
      consequence={t("removeUser.consequence")}
      target={asTarget(user)}
      verb={t("removeUser.verb")}
      tone="danger"
      right="users"
      incomplete={name.trim() === user.username ? made.incomplete : t("removeUser.confirmFirst")}
      onSubmit={async () => {
        // What they made goes first: an account that is gone cannot be tried again.
        await made.end();
        await calls.removeUser(api, user.id);
        usersChanged();
        done(t("removeUser.done", { name: user.username }));
      }}
    >
      <TextInput
        label={t("removeUser.confirm", { name: user.username })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
        dir="auto"
      />
      {made.field}
    </DialogFrame>
  );
}

interface DemoteDialogProps extends UserDialogProps {
  /** What they become. */
  readonly role: UserView["role"];
}

export function DemoteDialog({ user, role }: DemoteDialogProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const done = useDone();
  const made = useMadeThings({ id: user.id, name: user.username });
  const words = { name: user.username, role: t(`role.${role}`) };
  return (
    <DialogFrame
      question={t("demote.question", words)}
      consequence={t("demote.consequence", words)}
      target={asTarget(user)}
      verb={t("demote.verb")}
      tone="danger"
      right="users"
      incomplete={made.incomplete}
      onSubmit={async () => {
        const { action } = await calls.changeUser(api, user.id, { role });
        usersChanged();
        await made.end();
        done(t("users.roleDone", words), action);
      }}
    >
      {made.field}
    </DialogFrame>
  );
}
