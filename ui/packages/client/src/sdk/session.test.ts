import { describe, expect, it } from "vitest";
import { JOINED, SNAPSHOT, settle, visit } from "./scripted.js";

/** A visit that came in under another id than the one it asked for. */
async function visitAsGuest() {
  const it = visit();
  it.session.join();
  it.wire.deliver("connect");
  const { state, ...lean } = JOINED;
  it.wire.deliver("world:state", state);
  it.wire.asked("player:join").ack({ ...lean, player: { id: "guest" } });
  await settle();
  return { ...it, state, lean };
}

describe("a visit", () => {
  it("looks on before joining, then joins", async () => {
    const { wire, session, states, tokens, enter } = visit();
    expect(session.state.kind).toBe("connecting");
    wire.deliver("connect");
    wire.deliver("world:state", { ...SNAPSHOT, players: [{ id: "other" }] });
    expect(session.mirror.players.size).toBe(1);
    expect(wire.sent).toEqual([]);
    await enter();
    expect(session.mirror.players.get("me")?.name).toBe("Me");
    expect(tokens).toEqual(["secret"]);
    expect(states.at(-1)).toEqual({ kind: "live", presence: "joined" });
  });

  it("reads every event of the contract and ignores nonsense", async () => {
    const { wire, events, enter } = visit();
    await enter();
    events.length = 0;
    const payloads: [string, unknown][] = [
      ["player:joined", { id: "a" }],
      ["player:updated", { id: "a", name: "A" }],
      ["player:emoted", { id: "a", name: "wave" }],
      ["player:left", { id: "a" }],
      ["chat:message", { id: "1", playerId: "a", author: "A", content: "hi", timestamp: "" }],
      ["chat:removed", { id: "1" }],
      ["sprites:atlasUpdated", { version: 2 }],
      ["moderation:notice", { kind: "warned", message: "m" }],
    ];
    for (const [event, payload] of payloads) {
      wire.deliver(event, payload);
      wire.deliver(event, undefined);
      wire.deliver(event, 7);
    }
    expect(events).toEqual(["joined", "updated", "emoted", "left", "chat", "chatRemoved", "atlas", "notice"]);
  });

  it("asked for before there is a connection joins when there is one", async () => {
    const { wire, session, joins } = visit();
    session.join();
    expect(wire.sent).toEqual([]);
    wire.deliver("connect");
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toMatchObject([{ ok: true }]);
  });

  it("keeps the world it has when the answer to its join brings none", async () => {
    const { wire, session, states, joins } = visit();
    session.join();
    wire.deliver("connect");
    const { state, ...lean } = JOINED;
    wire.deliver("world:state", { ...state, players: [{ id: "other" }, { id: "me", name: "Before" }] });
    wire.deliver("player:left", { id: "other" });
    wire.deliver("player:joined", { id: "late" });
    wire.asked("player:join").ack(lean);
    await settle();
    expect([...session.mirror.players.keys()].sort()).toEqual(["late", "me"]);
    expect(session.mirror.players.get("me")?.name).toBe("Me");
    expect(joins).toMatchObject([{ ok: true }]);
    expect(states.at(-1)).toEqual({ kind: "live", presence: "joined" });
  });

  it("was somebody else before on this connection, and shows only who it is now", async () => {
    const { wire, session, lean } = await visitAsGuest();
    session.rejoin();
    wire.asked("player:join").ack(lean);
    await settle();
    expect([...session.mirror.players.keys()]).toEqual(["me"]);
  });

  it("leaves its former id to whoever has it after a lost connection", async () => {
    const { wire, session, clock, state, lean } = await visitAsGuest();
    wire.deliver("disconnect", "transport close");
    await clock.pass(1000);
    wire.deliver("connect");
    wire.deliver("world:state", { ...state, players: [{ id: "guest" }] });
    wire.asked("player:join").ack(lean);
    await settle();
    expect([...session.mirror.players.keys()]).toEqual(["guest", "me"]);
  });

  it("reads batches of updates", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.deliver("player:joined", { id: "a", name: "A" });
    expect(session.features).toEqual(["batch2", "batch", "lean", "log", "packed"]);
    // Version 1; name of "a" is now "B"; end.
    wire.deliver("players:updated", Uint8Array.of(1, 4, 1, 97, 1, 66, 0));
    expect(session.mirror.players.get("a")?.name).toBe("B");
  });

  it("that meets a batch it cannot read comes back without batches", async () => {
    for (const unreadable of [Uint8Array.of(99), new ArrayBuffer(0), "text", undefined]) {
      const { wire, session, clock, enter } = visit();
      await enter();
      wire.deliver("players:updated", unreadable);
      expect(session.state.kind).toBe("reconnecting");
      expect(session.features).toEqual(["lean", "log", "packed"]);
      await clock.pass(1000);
      expect(wire.connects).toBe(2);
    }
  });

  it("takes another id when the first is in use", async () => {
    const { wire, session, joins } = visit();
    wire.deliver("connect");
    session.join();
    wire.asked("player:join").ack({ ok: false, code: "id-in-use", message: "Taken." });
    await settle();
    expect(wire.asked("player:join").payload).toMatchObject({ playerId: "me-again" });
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toMatchObject([{ ok: true }]);
  });

  it("proves a login by a new handshake, once", async () => {
    const { wire, session, joins } = visit();
    const reserved = { ok: false, code: "reserved-id", message: "Log in." };
    wire.deliver("connect");
    session.join();
    wire.asked("player:join").ack(reserved);
    await settle();
    expect([wire.connects, joins]).toEqual([2, []]);
    wire.deliver("connect");
    wire.asked("player:join").ack(reserved);
    await settle();
    expect(joins).toMatchObject([{ code: "reserved-id" }]);
    expect(wire.connects).toBe(2);
  });

  it("asks for its place again when the server gave it away", async () => {
    for (const event of ["player:update", "chat:message"] as const) {
      const { wire, session, enter } = visit();
      await enter();
      if (event === "player:update") session.update({ animation: "walk" });
      else void session.sendChat("hello");
      wire.asked(event).ack({ ok: false, code: "not-joined", message: "Join first." });
      await settle();
      expect(wire.count("player:join")).toBe(2);
      wire.asked("player:join").ack(JOINED);
      await settle();
      expect(session.state).toEqual({ kind: "live", presence: "joined" });
    }
  });

  it("tells once of a server that speaks a newer protocol, and goes on", async () => {
    const { wire, newer, session, enter } = visit();
    const world = (protocol?: number) => ({ ...SNAPSHOT, world: { id: "w", protocol } });
    await enter();
    for (const protocol of [undefined, 1, 2, 3]) wire.deliver("world:state", world(protocol));
    expect(newer).toEqual([2]);
    expect(session.state).toEqual({ kind: "live", presence: "joined" });
  });

  it("ends at its own wish, also while it waits", async () => {
    const { wire, clock, session, states, enter } = visit();
    await enter();
    wire.deliver("disconnect", "transport close");
    session.close();
    await clock.pass(60_000);
    expect(wire.connects).toBe(1);
    expect(states.at(-1)).toMatchObject({ kind: "terminated", code: "closed" });
  });

  it("has a ticket for a login while it is connected, where the server knows tickets", async () => {
    const { wire, session } = visit();
    expect(await session.ticket()).toBeUndefined();
    wire.deliver("connect");
    const check = async (answer: object, expected: string | undefined) => {
      const asked = session.ticket();
      wire.asked("session:ticket").ack(answer);
      expect(await asked).toBe(expected);
    };
    await check({ ok: true, ticket: "t" }, "t");
    await check({ ok: false, code: "unknown-event", message: "What?" }, undefined);
  });

  it("that ends by leaving looks on without the own player", async () => {
    const { wire, session, events, enter } = visit();
    await enter();
    session.leave();
    expect(wire.count("player:leave")).toBe(1);
    expect(session.mirror.players.has("me")).toBe(false);
    expect(events.at(-1)).toBe("left");
    expect(session.state).toEqual({ kind: "live", presence: "watching" });
  });

  it("a refused join leaves the visitor looking on", async () => {
    const { wire, session, joins } = visit();
    wire.deliver("connect");
    session.join();
    wire.asked("player:join").ack({ ok: false, code: "world-full", message: "No room." });
    await settle();
    expect(joins).toMatchObject([{ ok: false, message: "No room." }]);
    expect(session.state).toEqual({ kind: "live", presence: "watching" });
  });

  it("a banned visitor sees the end, with reason and time", async () => {
    const check = async (refusal: object, reason: string) => {
      const { wire, session } = visit();
      wire.deliver("connect");
      session.join();
      wire.asked("player:join").ack({ ok: false, code: "banned", until: "2026", ...refusal });
      await settle();
      expect(session.state).toMatchObject({ kind: "terminated", code: "banned", reason, until: "2026" });
    };
    await check({ message: "No.", reason: "spam" }, "spam");
    await check({ message: "You cannot come in. Reason: Loud. Reason: again." }, "Loud. Reason: again.");
    await check({ message: "You cannot come in." }, "");
  });
});
