/**
 * What a reader of the live chat sees, in one order of time: lines, who came and went, announcements, and where a day
 * begins. Pure; days are those of this machine.
 */
import type { ActionEntry, Actor, AdminSession, ArchivedMessage } from "../../contract";
import type { JoinOrLeave } from "../../feed/activity";

export type StreamItem =
  | { readonly kind: "line"; readonly key: string; readonly at: string; readonly message: ArchivedMessage }
  /** Those who came, or went, within ten seconds of each other. */
  | {
      readonly kind: "joined" | "left";
      readonly key: string;
      readonly at: string;
      readonly sessions: readonly AdminSession[];
    }
  | {
      readonly kind: "announced";
      readonly key: string;
      readonly at: string;
      readonly message: ArchivedMessage;
      /** Who announced it, while that is among the newest actions. */
      readonly by: string | null;
    }
  | { readonly kind: "day"; readonly key: string; readonly at: string };

export interface Shown {
  /** What people say. */
  readonly people: boolean;
  /** Who came and went. */
  readonly joins: boolean;
  /** What bots say. */
  readonly bots: boolean;
  /** What one said or announced oneself. */
  readonly yours: boolean;
}

export interface StreamParts {
  readonly chat: readonly ArchivedMessage[];
  readonly activity: readonly JoinOrLeave[];
  readonly actions: readonly ActionEntry[];
  readonly shown: Shown;
  readonly isBot: (message: ArchivedMessage) => boolean;
  /** The account that looks. */
  readonly me: string;
}

/** The author of lines that the server says itself; the greeting of a world is one as well. */
export const SYSTEM = "system";
const GREETING = "greeting-";

/** Neighbours this close become one line, ms. */
const TOGETHER_MS = 10_000;

/** Oldest first. */
export function streamOf({ chat, activity, actions, shown, isBot, me }: StreamParts): readonly StreamItem[] {
  const isAnnounced = ({ playerId, id, status }: ArchivedMessage) =>
    playerId === SYSTEM && status !== "removed" && !id.startsWith(GREETING);
  const lines = chat
    .filter((message) => !isAnnounced(message))
    .filter((message) => (isBot(message) ? shown.bots : shown.people))
    .filter(({ person }) => shown.yours || person?.kind !== "account" || person.subject !== me)
    .map((message): StreamItem => ({ kind: "line", key: message.id, at: message.timestamp, message }));
  const isShown = (message: ArchivedMessage) => shown.yours || announcerOf(message, actions)?.id !== me;
  const announced = chat
    .filter((message) => isAnnounced(message) && isShown(message))
    .map(
      (message): StreamItem => ({
        kind: "announced",
        key: message.id,
        at: message.timestamp,
        message,
        by: announcerOf(message, actions)?.name ?? null,
      }),
    );
  const moves = shown.joins
    ? activity.map(
        ({ kind, at, session }): StreamItem => ({
          kind,
          key: `${session.id} ${kind}`,
          at,
          sessions: [session],
        }),
      )
    : [];
  const ordered = [...lines, ...announced, ...moves].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return withDays(merged(ordered));
}

/** An action is written down right after the line is said. */
function announcerOf({ content, timestamp }: ArchivedMessage, actions: readonly ActionEntry[]): Actor | null {
  const same = actions.find(
    ({ action, at, details }) =>
      action === "announcement" &&
      details.message === content &&
      Math.abs(Date.parse(at) - Date.parse(timestamp)) < TOGETHER_MS,
  );
  return same?.actor ?? null;
}

function merged(items: readonly StreamItem[]): readonly StreamItem[] {
  const all: StreamItem[] = [];
  for (const item of items) {
    const last = all.at(-1);
    if (last && isMove(last) && isMove(item) && last.kind === item.kind && isClose(last.at, item.at))
      all[all.length - 1] = { ...last, sessions: [...last.sessions, ...item.sessions] };
    else all.push(item);
  }
  return all;
}

type Move = Extract<StreamItem, { readonly kind: "joined" | "left" }>;

const isMove = (item: StreamItem): item is Move => item.kind === "joined" || item.kind === "left";

const isClose = (a: string, b: string): boolean => Date.parse(b) - Date.parse(a) < TOGETHER_MS;

/** A heading wherever another day begins. */
export function withDays<T extends { readonly at: string }>(
  items: readonly T[],
): readonly (T | { readonly kind: "day"; readonly key: string; readonly at: string })[] {
  let day = "";
  return items.flatMap((item) => {
    const own = new Date(item.at).toDateString();
    if (own === day) return [item];
    day = own;
    return [{ kind: "day" as const, key: `day ${own}`, at: item.at }, item];
  });
}
