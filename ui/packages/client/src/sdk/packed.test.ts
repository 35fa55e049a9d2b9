import { deflateSync } from "node:zlib";
import { zlibSync } from "fflate";
import { describe, expect, it, test } from "vitest";
// As text: a bundler that turns JSON into JavaScript loses an own key `__proto__`.
import vectorText from "../../../../../server-core/crates/contract/src/packed/vectors.json?raw";
import { unpack } from "./packed.js";
import { JOINED, SNAPSHOT, settle, visit } from "./scripted.js";

interface Vectors {
  readonly read: readonly { name: string; events: unknown; hex: string }[];
  readonly refused: readonly { name: string; hex: string; error: string }[];
}

const vectors = JSON.parse(vectorText) as Vectors;

function unhex(text: string): Uint8Array {
  const pairs = text.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function packed(events: unknown): Uint8Array {
  return zlibSync(new TextEncoder().encode(JSON.stringify(events)));
}

describe("vectors", () => {
  test.each(vectors.read)("reads: $name", ({ events, hex }) => {
    expect(JSON.stringify(unpack(unhex(hex)))).toBe(JSON.stringify({ ok: true, events }));
  });

  test.each(vectors.refused)("refuses: $name", ({ hex, error }) => {
    expect(unpack(unhex(hex))).toEqual({ ok: false, error });
  });

  test.each(vectors.read)("no beginning is read as something else: $name", ({ hex }) => {
    const data = unhex(hex);
    for (let length = 0; length < data.length - 4; length++)
      expect(unpack(data.subarray(0, length)).ok).toBe(false);
  });
});

describe("input", () => {
  const left = [["player:left", { id: "ada" }]];

  it("may be an ArrayBuffer, as Socket.IO gives it in a browser", () => {
    const whole = packed(left);
    expect(unpack(whole.slice().buffer)).toEqual({ ok: true, events: left });
  });

  it("is anything, and never throws", () => {
    for (const odd of [undefined, null, "text", 7, {}, [1]])
      expect(unpack(odd)).toEqual({ ok: false, error: "damaged" });
  });

  it("of many pieces is one text, also where a character lies across them", () => {
    const events = [
      ["chat:message", { content: "é😀".repeat(200_000), seed: Array.from({ length: 9999 }, Math.random) }],
    ];
    expect(unpack(packed(events))).toEqual({ ok: true, events });
  });

  it("that stands for too much is refused before it is unpacked", () => {
    const bomb = deflateSync(new Uint8Array(33 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(200_000);
    expect(unpack(bomb)).toEqual({ ok: false, error: "too-large" });
  }, 30_000);

  it("with damage is read or refused", () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const samples = vectors.read.map(({ hex }) => unhex(hex));
    for (let round = 0; round < 1000; round++) {
      const data = samples[random(samples.length)]?.slice() ?? new Uint8Array(1);
      data[random(data.length)] = random(256);
      expect(typeof unpack(data).ok).toBe("boolean");
    }
  });
});

describe("a session", () => {
  const ada = { id: "ada", name: "Ada" };
  const line = {
    id: "m1",
    playerId: "ada",
    author: "Ada",
    content: "Hello!",
    timestamp: "2026-01-05T18:30:00.000Z",
  };

  it("takes packed events in their order, as if they had come alone", async () => {
    const { wire, session, events } = visit();
    wire.deliver("connect");
    wire.deliver("events:packed", packed([["world:state", SNAPSHOT]]));
    session.join();
    wire.asked("player:join").ack({ ...JOINED, state: undefined });
    await settle();
    events.length = 0;
    const news = [
      ["player:joined", ada],
      ["chat:message", line],
      ["later:event", 1],
      ["player:emoted", { id: "ada", name: "wave" }],
      ["player:left", { id: "ada" }],
    ];
    wire.deliver("events:packed", packed(news));
    expect(events).toEqual(["joined", "chat", "emoted", "left"]);
    expect(session.mirror.chat).toEqual([line]);
    expect(session.state.kind).toBe("live");
  });

  it("reads a server that packs nothing as before", async () => {
    const { wire, session, enter } = visit();
    await enter();
    expect(session.features).toContain("packed");
    wire.deliver("world:state", { ...SNAPSHOT, players: [ada] });
    wire.deliver("chat:message", line);
    expect([...session.mirror.players.keys()]).toEqual(["ada"]);
    expect(session.mirror.chat).toEqual([line]);
  });

  it("that cannot unpack comes back and asks for events as they are", async () => {
    const { wire, session, clock, enter } = visit();
    await enter();
    wire.deliver("events:packed", Uint8Array.of(1, 2, 3));
    expect(session.state.kind).toBe("reconnecting");
    expect(session.features).toEqual(["batch2", "batch", "lean", "log"]);
    await clock.pass(60_000);
    expect(wire.connects).toBeGreaterThan(1);
  });

  it("misses none for a listener that fails at another", async () => {
    const { wire, session, events, enter } = visit();
    await enter();
    events.push = () => {
      throw new Error("nothing to draw on");
    };
    const news = packed([
      ["player:joined", ada],
      ["chat:message", line],
    ]);
    expect(() => wire.deliver("events:packed", news)).toThrow("nothing to draw on");
    expect([...session.mirror.players.keys()]).toContain("ada");
    expect(session.mirror.chat).toEqual([line]);
  });

  it("unpacks nothing that is packed twice", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.deliver(
      "events:packed",
      packed([
        ["events:packed", "x"],
        ["player:joined", ada],
      ]),
    );
    expect([...session.mirror.players.keys()]).toContain("ada");
    expect(session.state.kind).toBe("live");
  });
});
