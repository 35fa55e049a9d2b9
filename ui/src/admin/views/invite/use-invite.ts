/** Links, the PIN and who came, asked again while the page is open. */
import { useEffect, useMemo, useState } from "react";
import { useAdmin, useMe, useMirror } from "../../access/admin";
import * as calls from "../../api/calls";
import type { AdminSession, Invite } from "../../contract";
import type { Resource } from "../../kit/reading";
import { useResource } from "../../kit/use-resource";

const ASK_AGAIN_MS = 4000;

export interface InviteState {
  readonly resource: Resource<Invite>;
  readonly pin: string | null;
  /** The first person in the world, who shows that the link works. */
  readonly visitor: AdminSession | null;
  reload(): void;
}

export function useInvite(): InviteState {
  const { api } = useAdmin();
  const { rights } = useMe();
  const { resource, reload } = useResource("invite", (signal) => calls.invite(api, signal));
  const pinned = useMirror((mirror) => mirror.server.pinRequired) ?? false;
  const [pin, setPin] = useState<string | null>(null);
  const mayRead = rights.includes("settings");

  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) reload();
    }, ASK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [reload]);

  useEffect(() => {
    setPin(null);
    if (!pinned || !mayRead) return;
    const abort = new AbortController();
    calls.settings(api, abort.signal).then(
      ({ settings }) => {
        const value = settings.find((setting) => setting.key === "join_pin")?.value;
        if (!abort.signal.aborted && value !== null && value !== undefined) setPin(String(value));
      },
      () => {
        // Without it the page says that people type the PIN themselves.
      },
    );
    return () => abort.abort();
  }, [api, pinned, mayRead]);

  const sessions = useMirror((mirror) => mirror.sessions);
  const visitor = useMemo(() => firstVisitor(sessions?.values() ?? []), [sessions]);
  return { resource, pin, visitor, reload };
}

function firstVisitor(sessions: Iterable<AdminSession>): AdminSession | null {
  let first: AdminSession | null = null;
  for (const session of sessions) {
    if (!session.joined || session.kind === "bot" || isLoopback(session.address)) continue;
    if (first === null || (session.joinedAt ?? "") < (first.joinedAt ?? "")) first = session;
  }
  return first;
}

/** Whether somebody sits at the server's own computer. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
