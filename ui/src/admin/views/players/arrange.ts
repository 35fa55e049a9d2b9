/**
 * Which sessions the table shows, and in which order. Pure, and quick enough for 5000 rows at four changes a second.
 *
 * The order before is the start of the order after, so that sorting what is nearly sorted costs one pass. While the
 * pointer rests on the rows nothing moves: who leaves stays as a shade, who comes waits at the end, and a click never
 * hits another row than the one that was aimed at.
 */
import type { AdminSession } from "../../contract";
import type { Mirror } from "../../feed/mirror";
import { fold, type SearchTexts } from "../../people/search-texts";

export const SEGMENTS = ["inside", "guests", "reported", "muted", "watching", "bots"] as const;
export type Segment = (typeof SEGMENTS)[number];

export const SORT_KEYS = [
  "name",
  "state",
  "kind",
  "ping",
  "since",
  "active",
  "address",
  "warnings",
  "node",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export interface TableQuery {
  readonly text: string;
  readonly segment: Segment;
  readonly sort: Sort;
}

export interface Arranged {
  readonly sort: Sort;
  /** Everybody, in order. */
  readonly order: readonly AdminSession[];
  /** What passes the filter. */
  readonly rows: readonly AdminSession[];
  /** Ids in `rows` that are no longer connected. */
  readonly shades: ReadonlySet<string>;
}

export type Sessions = ReadonlyMap<string, AdminSession>;

/** What the table looks at besides the sessions. */
export interface Sources {
  readonly texts: SearchTexts;
  /** Newer places and pings; only an order by one of them needs it. */
  readonly moves: Mirror["moves"];
}

export function arrange(
  sessions: Sessions,
  query: TableQuery,
  before: Arranged | null,
  frozen: boolean,
  sources: Sources,
): Arranged {
  const kept = before !== null && sameSort(before.sort, query.sort) ? before : null;
  const still = frozen && kept !== null;
  const order: AdminSession[] = [];
  let present = 0;
  for (const session of kept?.order ?? []) {
    const now = sessions.get(session.id);
    if (now) present += 1;
    if (now || still) order.push(now ?? session);
  }
  if (present < sessions.size) {
    const placed = new Set(order.map((session) => session.id));
    for (const session of sessions.values()) if (!placed.has(session.id)) order.push(session);
  }
  if (!still) order.sort(comparison(query.sort, sources));
  const rows = select(order, query, sources.texts);
  return { sort: query.sort, order, rows, shades: still ? shadesOf(rows, sessions) : NO_SHADES };
}

const NO_SHADES: ReadonlySet<string> = new Set();

function shadesOf(rows: readonly AdminSession[], sessions: Sessions): ReadonlySet<string> {
  return new Set(rows.flatMap(({ id }) => (sessions.has(id) ? [] : [id])));
}

function select(
  order: readonly AdminSession[],
  { segment, text }: TableQuery,
  texts: SearchTexts,
): readonly AdminSession[] {
  const belongs = SEGMENT_TEST[segment];
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return order.filter(belongs);
  return order.filter((session) => {
    if (!belongs(session)) return false;
    const searched = texts.of(session);
    return words.every((word) => searched.includes(word));
  });
}

const SEGMENT_TEST: Readonly<Record<Segment, (session: AdminSession) => boolean>> = {
  // People first: bots have a list of their own, or a load test would bury everybody.
  inside: (session) => session.joined && session.kind !== "bot",
  guests: (session) => session.joined && session.kind === "guest",
  reported: (session) => session.openReports > 0,
  muted: (session) => session.muted !== null,
  watching: (session) => !session.joined && session.kind !== "bot",
  bots: (session) => session.kind === "bot",
};

export function countSegments(sessions: Sessions): Readonly<Record<Segment, number>> {
  const counts = { inside: 0, guests: 0, reported: 0, muted: 0, watching: 0, bots: 0 };
  for (const session of sessions.values()) {
    for (const segment of SEGMENTS) if (SEGMENT_TEST[segment](session)) counts[segment] += 1;
  }
  return counts;
}

function sameSort(a: Sort, b: Sort): boolean {
  return a.key === b.key && a.descending === b.descending;
}

type Comparison = (a: AdminSession, b: AdminSession) => number;

function comparison({ key, descending }: Sort, sources: Sources): Comparison {
  const value = sortValue(key, sources);
  const sign = descending === SINCE_WHEN.has(key) ? 1 : -1;
  return (a, b) => {
    const left = value(a);
    const right = value(b);
    // What is not known stands last, whichever way the rest goes.
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (left !== right) return left < right ? -sign : sign;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  };
}

/** Columns that show how long ago something was: the shortest time is the latest moment. */
const SINCE_WHEN: ReadonlySet<SortKey> = new Set<SortKey>(["since", "active"]);

function sortValue(
  key: SortKey,
  { texts, moves }: Sources,
): (session: AdminSession) => string | number | null {
  switch (key) {
    case "name":
      return (session) => texts.name(session);
    case "state":
      return (session) => -session.openReports * 1000 - (session.muted ? 100 : 0) - session.warnings;
    case "kind":
      return (session) => session.kind;
    case "ping":
      return (session) => (moves.get(session.id) ?? session).pingMs;
    case "since":
      // ISO 8601 in UTC: the order of the texts is the order of the moments.
      return (session) => session.joinedAt ?? session.connectedAt;
    case "active":
      return (session) => (moves.get(session.id) ?? session).lastActiveAt;
    case "address":
      return (session) => session.address;
    case "warnings":
      return (session) => session.warnings;
    case "node":
      return (session) => session.node;
  }
}

/** Whether an order follows what moves. */
export const followsMoves = ({ key }: Sort): boolean => key === "ping" || key === "active";
