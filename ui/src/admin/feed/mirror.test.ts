import { describe, expect, test } from "vitest";
import type { AdminChanges } from "../contract";
import { KEPT_CHAT_LINES, KEPT_SAMPLES, type Mirror, stepFeed } from "./mirror";
import { action, loadSecond, loadTestRun, message, report, sample, session, state } from "./scripted";

const start = (given: Parameters<typeof state>[0] = {}): Mirror => {
  const { mirror } = stepFeed(null, { type: "state", state: state(given) });
  if (!mirror) throw new Error("a state makes a mirror");
  return mirror;
};

const after = (mirror: Mirror | null, changes: Partial<AdminChanges>) =>
  stepFeed(mirror, {
    type: "changes",
    changes: { seq: (mirror?.seq ?? 0) + 1, at: "2025-01-01T00:00:10.000Z", ...changes },
  });

describe("the order of changes", () => {
  test("a change before the first state is nothing to build on", () => {
    expect(after(null, {})).toEqual({ mirror: null, gap: false });
  });

  test("a missing number asks for everything again and changes nothing", () => {
    const mirror = start({ seq: 4 });
    expect(after(mirror, { seq: 6, openReports: 9 })).toEqual({ mirror, gap: true });
  });

  test("an old number, from before a resync, is passed over", () => {
    const mirror = start({ seq: 4 });
    expect(after(mirror, { seq: 4, openReports: 9 })).toEqual({ mirror, gap: false });
  });
});

describe("sessions", () => {
  test("come, change and go", () => {
    const mirror = start({ sessions: [session("a"), session("b")] });
    const next = after(mirror, {
      sessions: [session("b", { name: "Bo" }), session("c")],
      gone: ["a"],
    }).mirror;
    expect([...(next?.sessions.values() ?? [])].map(({ id, name }) => [id, name])).toEqual([
      ["b", "Bo"],
      ["c", "c"],
    ]);
  });

  test("move, without anything else about them being sent again", () => {
    const mirror = start({ sessions: [session("a", { name: "Ana" })] });
    const move = {
      id: "a",
      lastActiveAt: "2025-01-01T00:00:09.000Z",
      position: { x: 4, y: 0, z: 2 },
      pingMs: 7,
    };
    const moved = after(mirror, { moved: [move] }).mirror;
    expect(moved?.moves.get("a")).toEqual(move);
    expect(moved?.sessions, "who shows no places has nothing to do").toBe(mirror.sessions);
    const renamed = after(moved, { sessions: [session("a", { name: "Ana B." })] }).mirror;
    expect(renamed?.moves.size, "a whole session is newer than its last move").toBe(0);
  });

  test("keep their identity while nobody changes", () => {
    const mirror = start({ sessions: [session("a")] });
    expect(after(mirror, { openReports: 3 }).mirror?.sessions).toBe(mirror.sessions);
  });
});

describe("who came and went", () => {
  const kinds = (mirror: Mirror | null) =>
    mirror?.activity.map(({ kind, session: { id } }) => `${id} ${kind}`);

  test("grows with joins, leaves and disconnects, the newest first", () => {
    const mirror = start({
      sessions: [session("watcher", { joined: false, joinedAt: null }), session("here")],
    });
    const joined = after(mirror, { sessions: [session("watcher")] }).mirror;
    const left = after(joined, { gone: ["here"] }).mirror;
    expect(kinds(left)?.slice(0, 2)).toEqual(["here left", "watcher joined"]);
  });

  test("says nothing of who only looked on, or only moved", () => {
    const mirror = start({ sessions: [session("w", { joined: false, joinedAt: null }), session("p")] });
    const moved = after(mirror, {
      sessions: [session("p", { position: { x: 1, y: 0, z: 1 } })],
      gone: ["w"],
    }).mirror;
    expect(moved?.activity).toBe(mirror.activity);
  });

  test("is remembered over a reconnect to the same world", () => {
    const mirror = after(start({ sessions: [session("a")] }), { gone: ["a"] }).mirror;
    const again = stepFeed(mirror, { type: "state", state: state({ seq: 90 }) }).mirror;
    expect(kinds(again)?.[0]).toBe("a left");
  });
});

describe("chat", () => {
  test("keeps a removed line, marked, and puts a restored one back in its place", () => {
    const mirror = start({ chat: [message("1"), message("2")] });
    const removed = after(mirror, { removedMessages: ["1"], chat: [message("3")] }).mirror;
    expect(removed?.chat.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "1 removed",
      "2 visible",
      "3 visible",
    ]);
    const restored = after(removed, { restoredMessages: [message("1")] }).mirror;
    expect(restored?.chat.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "1 visible",
      "2 visible",
      "3 visible",
    ]);
  });

  test("orders lines of one millisecond by their ids", () => {
    const at = (id: string) => ({ ...message(id), timestamp: "2026-01-01T00:00:00.000Z" });
    const mirror = start({ chat: [at("1"), at("3")] });
    const restored = after(mirror, { restoredMessages: [at("2")] }).mirror;
    expect(restored?.chat.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  test("is bounded and has every line once", () => {
    const many = Array.from({ length: KEPT_CHAT_LINES + 20 }, (_, place) => message(String(1000 + place)));
    const mirror = start({ chat: [message("1000")] });
    const next = after(mirror, { chat: many }).mirror;
    expect(next?.chat).toHaveLength(KEPT_CHAT_LINES);
    expect(next?.chat.at(-1)?.id).toBe(String(1000 + many.length - 1));
  });
});

test("history is the last five minutes", () => {
  const mirror = start({ history: Array.from({ length: KEPT_SAMPLES }, (_, place) => sample(place)) });
  const next = after(mirror, { sample: sample(KEPT_SAMPLES) }).mirror;
  expect(next?.history).toHaveLength(KEPT_SAMPLES);
  expect(next?.history.at(-1)).toBe(next?.now);
});

test("an action that was undone replaces itself and keeps its place", () => {
  const mirror = start({ recentActions: [action("2", { at: "2025-01-02T00:00:00Z" }), action("1")] });
  const next = after(mirror, { actions: [action("1", { undoneAt: "2025-01-03T00:00:00Z" })] }).mirror;
  expect(next?.actions.map(({ id, undoneAt }) => [id, undoneAt])).toEqual([
    ["2", null],
    ["1", "2025-01-03T00:00:00Z"],
  ]);
});

test("a changed report is laid over the ones before", () => {
  const next = after(start(), { reports: [report("r", { status: "resolved" })], openReports: 0 }).mirror;
  expect(next?.reports.get("r")?.status).toBe("resolved");
});

describe("a load test", () => {
  test("its bots are not counted as people", () => {
    const bot = session("b", { kind: "bot" });
    const history = [sample(-1, { players: 9, bots: 8, joins: 8, botJoins: 8, messages: 5, botMessages: 4 })];
    const mirror = start({ sessions: [bot, session("a")], history, now: sample(0, { players: 2, bots: 1 }) });
    expect([mirror.bots, mirror.now.players]).toEqual([1, 1]);
    expect(mirror.history).toMatchObject([{ players: 1, joins: 0, messages: 1 }]);
    expect(mirror.activity.map(({ session: { id } }) => id)).toEqual(["a"]);
    const more = after(mirror, {
      sessions: [session("c", { kind: "bot" })],
      sample: sample(1, { players: 3, bots: 2, joins: 2, botJoins: 1 }),
    }).mirror;
    expect(more?.now.joins).toBe(1);
    expect([more?.bots, more?.now.players, more?.history.at(-1)?.players]).toEqual([2, 1, 1]);
    // Sessions may lag behind: the sample's own count is the one of its moment.
    const leaving = after(more, {
      sample: sample(2, { players: 1, bots: 0, leaves: 2, botLeaves: 2 }),
    }).mirror;
    expect([leaving?.bots, leaving?.now.players, leaving?.now.leaves]).toEqual([2, 1, 0]);
    const less = after(leaving, { gone: ["b", "c"], sample: sample(3, { players: 1 }) }).mirror;
    expect([less?.bots, less?.now.players]).toEqual([0, 1]);
    expect(less?.activity.length, "nobody came or went").toBe(1);
  });

  test("its seconds add up, and those of another are forgotten", () => {
    const begun = after(start(), { loadTest: loadTestRun("a"), loadTestSeconds: [loadSecond(1)] }).mirror;
    const going = after(begun, { loadTestSeconds: [loadSecond(2), loadSecond(3)] }).mirror;
    expect(going?.loadSeconds.map(({ atS }) => atS)).toEqual([1, 2, 3]);
    const over = after(going, { loadTest: loadTestRun("a", { state: "completed" }) }).mirror;
    expect([over?.loadTest?.state, over?.loadSeconds.length]).toEqual(["completed", 3]);
    const next = after(over, { loadTest: loadTestRun("b") }).mirror;
    expect([next?.loadTest?.id, next?.loadSeconds]).toEqual(["b", []]);
  });

  test("a fresh state says that seconds may have been missed", () => {
    const begun = after(start({ seq: 1, loadTest: loadTestRun("a") }), {
      loadTestSeconds: [loadSecond(1)],
    }).mirror;
    const { mirror } = stepFeed(begun, {
      type: "state",
      state: state({ seq: 9, loadTest: loadTestRun("a") }),
    });
    expect([mirror?.since, mirror?.loadSeconds]).toEqual([9, []]);
  });
});
