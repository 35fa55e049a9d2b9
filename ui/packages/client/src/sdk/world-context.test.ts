import { describe, expect, it } from "vitest";
import type { ChatMessage, Metadata } from "../contract/index.js";
import { parsePatch, parsePlayer, parseSnapshot } from "./parse.js";
import {
  EMPTY_MIRROR,
  headCount,
  type MirrorEvent,
  mergeMetadata,
  reduceWorld,
  type WorldMirror,
} from "./world-context.js";

const player = (id: string, more: object = {}) => {
  const parsed = parsePlayer({ id, ...more });
  if (!parsed) throw new Error("unreadable player");
  return parsed;
};
const line = (id: string, timestamp = "2026-01-01T00:00:00Z"): ChatMessage => ({
  id,
  timestamp,
  playerId: "p",
  author: "P",
  content: id,
});
const after = (...events: MirrorEvent[]): WorldMirror => events.reduce(reduceWorld, EMPTY_MIRROR);
const snapshot = (more: object = {}): MirrorEvent => {
  const parsed = parseSnapshot({ world: { id: "w", name: "Quay" }, players: [], chat: [], ...more });
  if (!parsed) throw new Error("unreadable snapshot");
  return { type: "snapshot", snapshot: parsed };
};
const updated = (patch: object): MirrorEvent => {
  const parsed = parsePatch(patch);
  if (!parsed) throw new Error("unreadable patch");
  return { type: "updated", patches: [parsed] };
};

describe("a world closed to this client", () => {
  const closed = snapshot({ world: { id: "w", name: "Quay", playersOnline: 7 } });

  it("shows how many are inside, and shows none of them", () => {
    const mirror = after({ type: "joined", player: player("a") }, closed);
    expect(mirror.players.size).toBe(0);
    expect(headCount(mirror)).toBe(7);
    expect(headCount(after(closed, snapshot({ players: [{ id: "a" }] })))).toBe(1);
    const bot = { id: "b", metadata: { bot: true } };
    expect(headCount(after(snapshot({ players: [{ id: "a" }, bot] })))).toBe(1);
  });

  it("takes nothing away that was read before", () => {
    const read = snapshot({ chat: [line("old")] });
    const again = snapshot({ chat: [line("new", "2026-01-02T00:00:00Z")] });
    expect(after(read, closed, again).chat.map(({ id }) => id)).toEqual(["old", "new"]);
  });
});

describe("who looks after the world", () => {
  const roles = (...events: MirrorEvent[]) => [...after(...events).staff];

  it("stands in the snapshot, and in every list after it", () => {
    const staff = [{ id: "a", role: "host" }, { id: "b", role: "captain" }, "c"];
    const known = snapshot({ world: { id: "w", name: "Quay", staff } });
    expect(roles(known)).toEqual([["a", "host"]]);
    expect(roles(known, { type: "staff", staff: [{ id: "m", role: "moderator" }] })).toEqual([
      ["m", "moderator"],
    ]);
  });

  it("is nobody on a server that says nothing of it, and never who says so themselves", () => {
    expect(roles(snapshot({ players: [{ id: "x", metadata: { role: "host" } }] }))).toEqual([]);
  });
});

describe("the light of the world", () => {
  it("is the day's until the server says otherwise, and no word it does not know", () => {
    const light = (...events: MirrorEvent[]) => after(...events).world?.mood;
    expect(light(snapshot())).toBe("day");
    expect(light(snapshot({ world: { id: "w", mood: "night" } }))).toBe("night");
    expect(light(snapshot({ world: { id: "w", mood: "storm" } }))).toBe("day");
    expect(light(snapshot(), { type: "mood", mood: "dusk" })).toBe("dusk");
    const mirror = after(snapshot());
    expect(reduceWorld(mirror, { type: "mood", mood: "day" })).toBe(mirror);
  });
});

describe("an announcement that stands", () => {
  const pinned = { id: "1", message: "The parade starts at three.", at: "", until: "2030-01-31T15:00:00Z" };
  const standing = (...events: MirrorEvent[]) => after(...events).world?.pinned;

  it("is there for who comes in later, and goes when the server says so", () => {
    expect(standing(snapshot())).toBeUndefined();
    const known = snapshot({ world: { id: "w", pinned } });
    expect(standing(known)).toEqual(pinned);
    expect(standing(snapshot(), { type: "pinned", pinned })).toEqual(pinned);
    expect(standing(known, { type: "pinned", pinned: null })).toBeUndefined();
    expect(reduceWorld(after(), { type: "pinned", pinned }).world).toBeNull();
  });

  it("is none without words or without an end", () => {
    expect(standing(snapshot({ world: { id: "w", pinned: { ...pinned, until: 7 } } }))).toBeUndefined();
  });
});

describe("players in the mirror", () => {
  const check = (events: MirrorEvent[], ids: string[]) =>
    expect([...after(...events).players.keys()]).toEqual(ids);

  it("come, go and are replaced by a snapshot", () => {
    check([{ type: "joined", player: player("a") }], ["a"]);
    check(
      [
        { type: "joined", player: player("a") },
        { type: "joined", player: player("a") },
      ],
      ["a"],
    );
    check(
      [
        { type: "joined", player: player("a") },
        { type: "left", id: "a" },
      ],
      [],
    );
    check([{ type: "left", id: "nobody" }], []);
    check([{ type: "joined", player: player("a") }, snapshot({ players: [{ id: "b" }] })], ["b"]);
    check([updated({ id: "ghost", name: "Of nobody" })], []);
    check(
      [updated({ id: "a", name: "A", position: { x: 0, y: 0, z: 0 }, animation: "idle", metadata: {} })],
      ["a"],
    );
  });

  it("keep what an update does not carry", () => {
    const start = player("a", {
      name: "A",
      position: { x: 1, y: 2, z: 3 },
      animation: "walk",
      metadata: { k: 1 },
    });
    const check = (patch: object, expected: object) =>
      expect(
        after({ type: "joined", player: start }, updated({ id: "a", ...patch })).players.get("a"),
      ).toEqual({
        ...start,
        ...expected,
      });
    check({}, {});
    check({ name: "B" }, { name: "B" });
    check({ animation: "idle" }, { animation: "idle" });
    check({ position: { x: 9, y: 9, z: 9 } }, { position: { x: 9, y: 9, z: 9 } });
    check({ position: { x: Number.NaN, y: 9, z: 9 } }, {});
    check({ position: "here" }, {});
    check({ metadata: { l: 2 } }, { metadata: { k: 1, l: 2 } });
    check({ metadata: [] }, {});
  });

  it("are replaced, metadata and all, by a whole player", () => {
    const start = player("a", { name: "A", metadata: { gone: 1 } });
    const whole = { ...player("a", { metadata: { kept: 1 } }), whole: true as const };
    const mirror = after({ type: "joined", player: start }, { type: "updated", patches: [whole] });
    expect(mirror.players.get("a")?.metadata).toEqual({ kept: 1 });
  });

  it("an event that changes nothing returns the same mirror", () => {
    const mirror = after(snapshot());
    expect(reduceWorld(mirror, { type: "left", id: "x" })).toBe(mirror);
    expect(reduceWorld(mirror, { type: "chatRemoved", id: "x" })).toBe(mirror);
    expect(reduceWorld(mirror, { type: "updated", patches: [] })).toBe(mirror);
  });
});

describe("metadata merges", () => {
  const check = (before: Metadata, change: Metadata, expected: object) =>
    expect(mergeMetadata(before, change)).toEqual(expected);

  it("key by key, appearance key by key inside it", () => {
    check({ a: 1 }, { b: 2 }, { a: 1, b: 2 });
    check({ a: 1 }, { a: null }, { a: null });
    check(
      { appearance: { hair: "bob", face: "dots" }, mapId: "x" },
      { appearance: { hair: null } },
      { appearance: { hair: null, face: "dots" }, mapId: "x" },
    );
    check({ appearance: "odd" }, { appearance: { hair: "bob" } }, { appearance: { hair: "bob" } });
    check({ appearance: { hair: "bob" } }, { appearance: null }, { appearance: null });
    check({ other: { deep: 1 } }, { other: { flat: 2 } }, { other: { flat: 2 } });
  });

  it("and a prototype key is data, never a prototype", () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":2,"appearance":{"__proto__":{"polluted":1}}}',
    );
    const merged = mergeMetadata({ appearance: { hair: "bob" } }, hostile);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(merged.appearance)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});

describe("chat in the mirror", () => {
  const chat = (id: string, timestamp?: string): MirrorEvent => ({
    type: "chat",
    message: line(id, timestamp),
  });
  const check = (mirror: WorldMirror, ids: string[]) =>
    expect(mirror.chat.map((each) => each.id)).toEqual(ids);

  it("keeps the order, drops doubles and removed lines", () => {
    check(after(chat("1"), chat("2")), ["1", "2"]);
    check(after(chat("1"), chat("1")), ["1"]);
    check(after(chat("1"), chat("2"), { type: "chatRemoved", id: "1" }), ["2"]);
  });

  it("puts a restored line back in its place", () => {
    const back = (id: string, timestamp: string): MirrorEvent => ({
      type: "chatRestored",
      message: line(id, timestamp),
    });
    const before = [
      chat("1", "1"),
      chat("2", "2"),
      chat("3", "3"),
      { type: "chatRemoved", id: "2" } as const,
    ];
    check(after(...before, back("2", "2")), ["1", "2", "3"]);
    check(after(...before, back("2", "2"), back("2", "2")), ["1", "2", "3"]);
    check(after(...before, back("0", "0"), back("4", "4")), ["0", "1", "3", "4"]);
    check(after(chat("1", "1"), chat("3", "1"), back("2", "1")), ["1", "2", "3"]);
    const full = Array.from({ length: 200 }, (_, i) => chat(`${i}`, `2026-01-01T00:00:${i + 100}`));
    check(
      after(...full, back("old", "2025")),
      full.map((_, i) => `${i}`),
    );
  });

  it("keeps 200 lines", () => {
    const mirror = after(...Array.from({ length: 250 }, (_, i) => chat(`${i}`)));
    expect(mirror.chat).toHaveLength(200);
    expect(mirror.chat[0]?.id).toBe("50");
  });

  it("a snapshot of the same world keeps older lines and forgets removed ones", () => {
    const history = [chat("old", "1"), chat("removed", "3"), chat("kept", "4")];
    check(after(snapshot(), ...history, snapshot({ chat: [line("start", "2"), line("kept", "4")] })), [
      "old",
      "start",
      "kept",
    ]);
    check(after(snapshot(), chat("1", "1"), snapshot({ chat: [line("2", "1")] })), ["1", "2"]);
    check(after(snapshot(), ...history, snapshot({ world: { id: "another" }, chat: [line("n", "9")] })), [
      "n",
    ]);
  });
});

describe("the end", () => {
  it("is kept once and stays", () => {
    const first = { code: "kicked", reason: "r", message: "m" };
    const mirror = after(
      { type: "ended", ended: first },
      { type: "ended", ended: { ...first, code: "idle" } },
    );
    expect(mirror.ended).toBe(first);
  });
});
