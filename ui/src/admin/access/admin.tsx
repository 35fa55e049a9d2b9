/**
 * What every part of the signed-in page shares: REST, the live feed, the platform, and who is looking.
 */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Platform } from "../../platform";
import type { Api } from "../api/client";
import type { Me, Right, SessionMove } from "../contract";
import type { Feed } from "../feed/feed";
import type { Mirror } from "../feed/mirror";
import type { FeedStatus } from "../feed/status";
import { type Hindrance, hindranceOf } from "./rights";

export interface Admin {
  readonly api: Api;
  readonly feed: Feed;
  readonly platform: Platform;
  /** As REST answered at sign-in; `useMe` follows what the feed sends later. */
  readonly me: Me;
  signOut(): void;
}

const AdminContext = createContext<Admin | null>(null);

export function AdminProvider({ admin, children }: { readonly admin: Admin; readonly children: ReactNode }) {
  return <AdminContext value={admin}>{children}</AdminContext>;
}

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (!admin) throw new Error("useAdmin needs an AdminProvider around it.");
  return admin;
}

/** A part of the mirror; `null` until the first state. The part must be one that keeps its identity. */
export function useMirror<T>(part: (mirror: Mirror) => T): T | null {
  const { feed } = useAdmin();
  return useSyncExternalStore(feed.subscribe, () => {
    const { mirror } = feed.state();
    return mirror === null ? null : part(mirror);
  });
}

/** What moved of a session since it was sent whole. */
export function useMove(sessionId: string): SessionMove | null {
  return useMirror((mirror) => mirror.moves.get(sessionId)) ?? null;
}

export function useFeedStatus(): FeedStatus {
  const { feed } = useAdmin();
  return useSyncExternalStore(feed.subscribe, () => feed.state().status);
}

const never = () => () => {};

/** Whether the feed comes in; where there is none, as before a sign-in, nothing is missing. */
export function useIsLive(): boolean {
  const feed = useContext(AdminContext)?.feed;
  return useSyncExternalStore(
    feed?.subscribe ?? never,
    () => feed === undefined || feed.state().status.kind === "live",
  );
}

export function useMe(): Me {
  const { me } = useAdmin();
  return useMirror((mirror) => mirror.me) ?? me;
}

/** Why this person cannot do that now; `null` when they can. */
export function useHindrance(right: Right | null): Hindrance {
  const { rights } = useMe();
  return hindranceOf(right, rights, useFeedStatus().kind);
}
