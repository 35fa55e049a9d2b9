/**
 * The administration's mirror of the live feed, as a pure reducer `(mirror, event) => mirror`.
 *
 * The server sends its whole state first and then numbered changes. No sockets, clock or randomness here; a mirror is
 * never changed in place, and what a change does not touch keeps its identity, so that views compare by reference.
 */
import type {
  ActionEntry,
  AdminChanges,
  AdminSession,
  AdminState,
  ArchivedMessage,
  HeldLine,
  LoadTestRun,
  LoadTestSecond,
  Me,
  NodeInfo,
  Report,
  Sample,
  ServerInfo,
  SessionMove,
} from "../contract";
import { activityAtStart, activityOf, type JoinOrLeave, KEPT_ACTIVITY } from "./activity";

/** Samples kept, one a second: five minutes, as the server sends at the start. */
export const KEPT_SAMPLES = 300;
/** Chat lines kept; older ones are found by searching the archive. */
export const KEPT_CHAT_LINES = 300;
/** Actions kept; older ones are in the audit log. */
export const KEPT_ACTIONS = 50;

export interface Mirror {
  readonly seq: number;
  /** Server time of the newest change, ISO 8601. */
  readonly at: string;
  readonly me: Me;
  readonly server: ServerInfo;
  readonly nodes: readonly NodeInfo[];
  /** By session id, in the order of connecting. Where somebody stands now is in `moves`. */
  readonly sessions: ReadonlyMap<string, AdminSession>;
  /**
   * What moved since a session was last sent whole, by its id. Apart from the sessions, because everybody moves every
   * second: a list that shows no positions has nothing to do then.
   */
  readonly moves: ReadonlyMap<string, SessionMove>;
  /** Oldest first; a removed line stays, marked, so that it can be restored. */
  readonly chat: readonly ArchivedMessage[];
  /** Bots of load tests that are in the world. */
  readonly bots: number;
  /** Its players, joins and leaves are people's: bots are not among them. */
  readonly now: Sample;
  /** Oldest first, and of people as well. */
  readonly history: readonly Sample[];
  readonly openReports: number;
  /** Lines that nobody has read but moderators, oldest first. */
  readonly held: readonly HeldLine[];
  /** Reports that changed while this page was open, newest change last; lists merge them over what REST answered. */
  readonly reports: ReadonlyMap<string, Report>;
  /** Newest first. */
  readonly actions: readonly ActionEntry[];
  /** Who came and went, newest first. */
  readonly activity: readonly JoinOrLeave[];
  /** The load test of this server that is under way, or was last. */
  readonly loadTest: LoadTestRun | null;
  /** What it measured while this page listened, oldest first; REST knows the seconds before. */
  readonly loadSeconds: readonly LoadTestSecond[];
  /** The number of the state this mirror began with: a new one means that something may have been missed. */
  readonly since: number;
}

export type FeedEvent =
  | { readonly type: "state"; readonly state: AdminState }
  | { readonly type: "changes"; readonly changes: AdminChanges };

/** `gap`: changes were missed, the whole state has to be asked for again. */
export interface Step {
  readonly mirror: Mirror | null;
  readonly gap: boolean;
}

export function stepFeed(mirror: Mirror | null, event: FeedEvent): Step {
  if (event.type === "state") return { mirror: fromState(mirror, event.state), gap: false };
  const { changes } = event;
  if (!mirror || changes.seq <= mirror.seq) return { mirror, gap: false };
  if (changes.seq !== mirror.seq + 1) return { mirror, gap: true };
  return { mirror: withChanges(mirror, changes), gap: false };
}

/** After a reconnect, what only this page remembers stays: who came and went, which reports changed. */
function fromState(before: Mirror | null, state: AdminState): Mirror {
  const bots = botsAmong(state.sessions);
  const sameWorld = before !== null && before.server.world.id === state.server.world.id;
  return {
    seq: state.seq,
    at: state.at,
    me: state.me,
    server: state.server,
    nodes: state.nodes,
    sessions: new Map(state.sessions.map((session) => [session.id, session])),
    moves: new Map(),
    chat: state.chat,
    bots,
    now: withoutBots(state.now),
    history: state.history.slice(-KEPT_SAMPLES).map(withoutBots),
    openReports: state.openReports,
    held: state.held,
    reports: sameWorld ? before.reports : new Map(),
    actions: newestFirst(state.recentActions),
    activity: sameWorld ? before.activity : activityAtStart(state.sessions),
    loadTest: state.loadTest,
    loadSeconds: [],
    since: state.seq,
  };
}

function withChanges(mirror: Mirror, changes: AdminChanges): Mirror {
  const activity = activityOf(mirror.sessions, changes);
  const sessions = sessionsAfter(mirror.sessions, changes);
  const bots = sessions === mirror.sessions ? mirror.bots : botsAmong(sessions.values());
  const sample = changes.sample && withoutBots(changes.sample);
  return {
    seq: changes.seq,
    at: changes.at,
    me: changes.me ?? mirror.me,
    server: changes.server ?? mirror.server,
    nodes: changes.nodes ?? mirror.nodes,
    sessions,
    moves: movesAfter(mirror.moves, changes),
    chat: chatAfter(mirror.chat, changes),
    bots,
    now: sample ?? mirror.now,
    history: sample ? [...mirror.history, sample].slice(-KEPT_SAMPLES) : mirror.history,
    openReports: changes.openReports ?? mirror.openReports,
    held: changes.held ?? mirror.held,
    reports: changes.reports?.length
      ? new Map([...mirror.reports, ...changes.reports.map((report) => [report.id, report] as const)])
      : mirror.reports,
    actions: changes.actions?.length ? actionsAfter(mirror.actions, changes.actions) : mirror.actions,
    activity:
      activity.length > 0 ? [...activity, ...mirror.activity].slice(0, KEPT_ACTIVITY) : mirror.activity,
    loadTest: changes.loadTest ?? mirror.loadTest,
    loadSeconds: loadSecondsAfter(mirror, changes),
    since: mirror.since,
  };
}

/** What another run measured is of no use for the one that began. */
function loadSecondsAfter(
  { loadTest, loadSeconds }: Mirror,
  { loadTest: sent, loadTestSeconds = [] }: AdminChanges,
): readonly LoadTestSecond[] {
  if (sent && sent.id !== loadTest?.id) return loadTestSeconds;
  return loadTestSeconds.length > 0 ? [...loadSeconds, ...loadTestSeconds] : loadSeconds;
}

function botsAmong(sessions: Iterable<AdminSession>): number {
  let bots = 0;
  for (const { kind, joined } of sessions) if (kind === "bot" && joined) bots += 1;
  return bots;
}

/** The server counted the bots at the same moment; sessions are of another one, and would be too many or too few. */
function withoutBots(sample: Sample): Sample {
  const { bots, botJoins, botLeaves, botMessages } = sample;
  return {
    ...sample,
    players: Math.max(0, sample.players - bots),
    joins: Math.max(0, sample.joins - botJoins),
    leaves: Math.max(0, sample.leaves - botLeaves),
    messages: Math.max(0, sample.messages - botMessages),
  };
}

function sessionsAfter(
  before: ReadonlyMap<string, AdminSession>,
  { sessions = [], gone = [] }: AdminChanges,
): ReadonlyMap<string, AdminSession> {
  if (sessions.length === 0 && gone.length === 0) return before;
  const after = new Map(before);
  for (const session of sessions) after.set(session.id, session);
  for (const id of gone) after.delete(id);
  return after;
}

/** A session sent whole holds its newest place itself. */
function movesAfter(
  before: ReadonlyMap<string, SessionMove>,
  { sessions = [], moved = [], gone = [] }: AdminChanges,
): ReadonlyMap<string, SessionMove> {
  const outdated = [...sessions.map(({ id }) => id), ...gone].filter((id) => before.has(id));
  if (moved.length === 0 && outdated.length === 0) return before;
  const after = new Map(before);
  for (const id of outdated) after.delete(id);
  for (const move of moved) after.set(move.id, move);
  return after;
}

function chatAfter(
  before: readonly ArchivedMessage[],
  { at, chat = [], removedMessages = [], restoredMessages = [] }: AdminChanges,
): readonly ArchivedMessage[] {
  if (chat.length === 0 && removedMessages.length === 0 && restoredMessages.length === 0) return before;
  const lines = new Map(before.map((line) => [line.id, line]));
  for (const line of [...chat, ...restoredMessages]) lines.set(line.id, line);
  for (const id of removedMessages) {
    const line = lines.get(id);
    if (line) lines.set(id, { ...line, status: "removed", removedAt: line.removedAt ?? at });
  }
  return [...lines.values()].sort(byMoment).slice(-KEPT_CHAT_LINES);
}

/** Lines of one millisecond are told apart by their ids, which grow with time. */
function byMoment(a: ArchivedMessage, b: ArchivedMessage): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** An action that was undone arrives again and takes its old place. */
function actionsAfter(
  before: readonly ActionEntry[],
  changed: readonly ActionEntry[],
): readonly ActionEntry[] {
  const byId = new Map(before.map((entry) => [entry.id, entry]));
  for (const entry of changed) byId.set(entry.id, entry);
  return newestFirst([...byId.values()]).slice(0, KEPT_ACTIONS);
}

function newestFirst(actions: readonly ActionEntry[]): readonly ActionEntry[] {
  return [...actions].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
