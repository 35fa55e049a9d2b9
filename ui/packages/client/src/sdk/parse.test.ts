import { describe, expect, it } from "vitest";
import {
  parseAccount,
  parseAppearance,
  parseAtlas,
  parseJoinAck,
  parseNotice,
  parsePatch,
  parsePlayer,
  parseRefusal,
  parseSnapshot,
  parseTerminated,
} from "./parse.js";
import { shaped } from "./shaped.js";

const LINE = { id: "1", playerId: "a", author: "Ada", content: "hi", timestamp: "2026-01-01T00:00:00.000Z" };

const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  Number.NaN,
  "",
  "text",
  [],
  [[]],
  {},
  { id: 7 },
  { id: "" },
  { id: {} },
  { world: [], players: "many", chat: 3 },
  { ok: "yes" },
  { ok: true, state: null, player: null },
  JSON.parse('{"__proto__":{"id":"x"},"constructor":{"id":"y"}}'),
  Object.create(null),
  () => {},
  Symbol("s"),
  new Uint8Array(3),
];

describe("whatever arrives", () => {
  const required = {
    parsePatch,
    parsePlayer,
    chat: shaped("chat:message"),
    left: shaped("player:left"),
    emoted: shaped("player:emoted"),
    parseNotice,
    parseSnapshot,
    parseAccount,
  };
  for (const [name, parse] of Object.entries(required)) {
    it(`${name} refuses nonsense and never throws`, () => {
      for (const value of NONSENSE.filter((each) => !(name === "parseSnapshot" && isWorldly(each)))) {
        expect(parse(value)).toBeUndefined();
      }
    });
  }

  it("a refusal, a termination and an ack are readable in any case", () => {
    for (const value of NONSENSE) {
      expect(parseRefusal(value)).toMatchObject({ ok: false, code: "no-answer" });
      expect(parseTerminated(value)).toMatchObject({ code: "closed" });
      expect(parseJoinAck(value).ok).toBe(false);
      expect(() => parseAtlas(value)).not.toThrow();
      expect(() => parseAppearance(value)).not.toThrow();
    }
  });
});

function isWorldly(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.hasOwn(value, "world") &&
    !Array.isArray((value as { world: unknown }).world)
  );
}

describe("a player", () => {
  const check = (value: unknown, expected: unknown) => expect(parsePlayer(value)).toEqual(expected);

  it("gets the contract's defaults", () => {
    const bare = {
      id: "p",
      name: "Player p",
      position: { x: 0, y: 0, z: 0 },
      animation: "idle",
      metadata: {},
    };
    check({ id: "p" }, bare);
    check({ id: "p", name: 3, position: { x: "1", y: 0, z: 0 }, animation: null, metadata: [] }, bare);
    check({ id: "p", position: { x: Number.POSITIVE_INFINITY, y: 0, z: 0 } }, bare);
    check({ id: "p", isHost: true }, bare);
  });
});

describe("a snapshot", () => {
  it("loses only what is broken", () => {
    const parsed = parseSnapshot({
      world: { id: "w", name: "The Quay", description: "d", extra: 1 },
      players: [{ id: "a" }, null, { name: "no id" }],
      chat: [LINE, { ...LINE, id: "2", author: undefined }, { ...LINE, id: "" }],
      spriteAtlas: {
        version: 3,
        sprites: [{ id: "s", imageUrl: "/static/s.png" }, 4],
        lookup: { s: { id: "s", imageUrl: "/static/s.png" } },
      },
    });
    expect(parsed?.players.map((each) => each.id)).toEqual(["a"]);
    expect(parsed?.chat.map((each) => each.id)).toEqual(["1"]);
    expect(parsed?.spriteAtlas.lookup.get("s")?.imageUrl).toBe("/static/s.png");
    expect(parsed?.spriteAtlas.lookup.get("constructor")).toBeUndefined();
  });
});

describe("a payload of words", () => {
  const ended = shaped("session:terminated");

  it("has what is declared and nothing else", () => {
    expect(shaped("chat:message")({ ...LINE, extra: 1 })).toEqual(LINE);
    expect(ended({ code: "kicked", reason: "", message: "", until: 7 })).toEqual({
      code: "kicked",
      reason: "",
      message: "",
    });
  });

  it("is none with a word that is not among those declared", () =>
    expect(shaped("world:mood")({ mood: "storm" })).toBeUndefined());
});

describe("a notice", () => {
  const refused = { kind: "refused", message: "Nobody else has read it.", content: "you f00l" };
  const lapsed = { kind: "lapsed", message: "Nobody else has read it.", content: "you f00l" };
  const muted = { kind: "muted", message: "A moderator muted you.", reason: "" };

  it("carries what is declared of its kind", () => {
    const parsed = [refused, lapsed, { ...muted, more: 1, content: 7 }].map(parseNotice);
    expect(parsed).toEqual([refused, lapsed, muted]);
  });

  it("of a kind that is not declared is none", () => {
    expect(parseNotice({ kind: "praised", message: "Well done." })).toBeUndefined();
  });
});

describe("a termination", () => {
  it("carries code, reason, message and until", () => {
    const sent = {
      code: "banned",
      reason: "spam",
      message: "You are banned.",
      until: "2026-01-01T00:00:00Z",
    };
    expect(parseTerminated(sent)).toEqual(sent);
    expect(parseTerminated({ code: "kicked", until: 5 })).toEqual({
      code: "kicked",
      reason: "",
      message: "",
    });
  });
});
