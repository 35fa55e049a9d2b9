import { describe, expect, it } from "vitest";
import type { JoinAccepted, Refusal, UpdateRequest } from "../contract";
import { ScriptedClock, ScriptedWire, settle } from "./scripted";
import { Session } from "./session";
import type { SessionState } from "./session-state";
import type { WorldEvent } from "./world-context";

const SNAPSHOT = { world: { id: "w", name: "The Quay" }, players: [], chat: [], spriteAtlas: {} };
const JOINED = { ok: true, state: SNAPSHOT, player: { id: "me", name: "Me" }, guestToken: "secret" };

function visit() {
  const wire = new ScriptedWire();
  const clock = new ScriptedClock();
  const states: SessionState[] = [];
  const events: WorldEvent["type"][] = [];
  const tokens: string[] = [];
  const joins: (JoinAccepted | Refusal)[] = [];
  let playerId = "me";
  const session = new Session({
    wire,
    scheduler: clock,
    random: () => 1,
    profile: () => ({ playerId, name: "Me" }),
    renewPlayerId: () => {
      playerId = "me-again";
      return true;
    },
    keepGuestToken: (token) => tokens.push(token),
    listener: {
      onState: (state) => states.push(state),
      onWorld: (_, event) => events.push(event.type),
      onJoin: (answer) => joins.push(answer),
    },
  });
  session.start();
  const enter = async () => {
    wire.hear("connect");
    session.join();
    wire.asked("player:join").ack(JOINED);
    await settle();
  };
  return { wire, clock, states, events, tokens, joins, session, enter };
}

describe("a visit", () => {
  it("looks on before joining, then joins", async () => {
    const { wire, session, states, tokens, enter } = visit();
    expect(session.state.kind).toBe("connecting");
    wire.hear("connect");
    wire.hear("world:state", { ...SNAPSHOT, players: [{ id: "other" }] });
    expect(session.mirror.players.size).toBe(1);
    expect(wire.sent).toEqual([]);
    await enter();
    expect(session.mirror.players.get("me")?.name).toBe("Me");
    expect(tokens).toEqual(["secret"]);
    expect(states.at(-1)).toEqual({ kind: "live", presence: "joined" });
  });

  it("hears every event of the contract and ignores nonsense", async () => {
    const { wire, events, enter } = visit();
    await enter();
    events.length = 0;
    const heard: [string, unknown][] = [
      ["player:joined", { id: "a" }],
      ["player:updated", { id: "a", name: "A" }],
      ["player:left", { id: "a" }],
      ["chat:message", { id: "1", content: "hi" }],
      ["chat:removed", { id: "1" }],
      ["sprites:atlasUpdated", { version: 2 }],
      ["moderation:notice", { kind: "warned", message: "m" }],
    ];
    for (const [event, payload] of heard) {
      wire.hear(event, payload);
      wire.hear(event, undefined);
      wire.hear(event, 7);
    }
    expect(events).toEqual(["joined", "updated", "left", "said", "unsaid", "atlas", "notice"]);
  });

  it("asked for before there is a connection joins when there is one", async () => {
    const { wire, session, joins } = visit();
    session.join();
    expect(wire.sent).toEqual([]);
    wire.hear("connect");
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toMatchObject([{ ok: true }]);
  });

  it("reads batches of updates", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.hear("player:joined", { id: "a", name: "A" });
    expect(session.features).toEqual(["batch"]);
    // Version 1; name of "a" is now "B"; end.
    wire.hear("players:updated", Uint8Array.of(1, 4, 1, 97, 1, 66, 0));
    expect(session.mirror.players.get("a")?.name).toBe("B");
  });

  it("that meets a batch it cannot read comes back without batches", async () => {
    for (const unreadable of [Uint8Array.of(99), new ArrayBuffer(0), "text", undefined]) {
      const { wire, session, clock, enter } = visit();
      await enter();
      wire.hear("players:updated", unreadable);
      expect(session.state.kind).toBe("reconnecting");
      expect(session.features).toEqual([]);
      await clock.pass(1000);
      expect(wire.connects).toBe(2);
    }
  });

  it("takes another id when the first is in use", async () => {
    const { wire, session, joins } = visit();
    wire.hear("connect");
    session.join();
    wire.asked("player:join").ack({ ok: false, code: "id-in-use", message: "Taken." });
    await settle();
    expect(wire.asked("player:join").payload).toMatchObject({ playerId: "me-again" });
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toMatchObject([{ ok: true }]);
  });

  it("a refused join leaves the visitor looking on", async () => {
    const { wire, session, joins } = visit();
    wire.hear("connect");
    session.join();
    wire.asked("player:join").ack({ ok: false, code: "world-full", message: "No room." });
    await settle();
    expect(joins).toMatchObject([{ ok: false, message: "No room." }]);
    expect(session.state).toEqual({ kind: "live", presence: "watching" });
  });

  it("a banned visitor sees the end, with reason and time", async () => {
    const { wire, session } = visit();
    wire.hear("connect");
    session.join();
    wire
      .asked("player:join")
      .ack({ ok: false, code: "banned", message: "No.", reason: "spam", until: "2026" });
    await settle();
    expect(session.state).toMatchObject({
      kind: "terminated",
      code: "banned",
      reason: "spam",
      until: "2026",
    });
  });
});

describe("a lost connection", () => {
  it("counts down, backs off and joins again as the same player", async () => {
    const { wire, clock, session, joins, enter } = visit();
    await enter();
    wire.hear("disconnect", "transport close");
    expect(session.state).toEqual({ kind: "reconnecting", attempt: 1, retryAt: 1000 });
    await clock.pass(1000);
    expect(session.state).toMatchObject({ kind: "reconnecting", retryAt: null });
    wire.hear("connect_error");
    expect(session.state).toMatchObject({ attempt: 2, retryAt: 3000 });
    await clock.pass(2000);
    wire.hear("connect");
    expect(wire.asked("player:join").payload).toMatchObject({ playerId: "me" });
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toHaveLength(2);
    expect(session.state).toEqual({ kind: "live", presence: "joined" });
    wire.hear("disconnect", "ping timeout");
    expect(session.state).toMatchObject({ attempt: 1 });
  });

  it("answers every open question", async () => {
    const { wire, session, enter } = visit();
    await enter();
    const answer = session.say("hello?");
    wire.hear("disconnect", "transport error");
    expect(await answer).toMatchObject({ ok: false, code: "no-answer" });
  });

  it("goes back to waiting when the server is too busy to take the visitor in", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    wire.hear("disconnect", "transport close");
    await clock.pass(1000);
    wire.hear("connect");
    wire.asked("player:join").ack({ ok: false, code: "rate-limited", message: "Too many." });
    await settle();
    expect(session.state.kind).toBe("reconnecting");
  });

  it("can be retried at once", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.hear("disconnect", "transport close");
    session.retryNow();
    expect(wire.connects).toBe(2);
    session.retryNow();
    expect(wire.connects).toBe(2);
  });
});

describe("a terminated session", () => {
  const KICKED = { code: "kicked", reason: "Blocking the jetty.", message: "You were asked to leave." };

  it("is not overwritten by the disconnect that follows", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    wire.hear("session:terminated", KICKED);
    wire.hear("disconnect", "io server disconnect");
    wire.hear("disconnect", "transport close");
    wire.hear("connect_error");
    await clock.pass(60_000);
    expect(session.state).toEqual({ kind: "terminated", ...KICKED });
    expect(wire.connects).toBe(1);
  });

  it("comes back only when the visitor wishes", async () => {
    const { wire, session, joins, enter } = visit();
    await enter();
    wire.hear("session:terminated", KICKED);
    session.resume();
    expect(session.state.kind).toBe("connecting");
    expect(session.mirror.ended).toBeNull();
    wire.hear("connect");
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toHaveLength(2);
    expect(session.state).toEqual({ kind: "live", presence: "joined" });
  });

  it("a door closed without a word is an end too, so that two tabs never evict each other for ever", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.hear("disconnect", "io server disconnect");
    expect(session.state).toMatchObject({ kind: "terminated", code: "closed" });
  });
});

describe("outgoing updates", () => {
  const step = (x: number): UpdateRequest => ({ position: { x, y: 0, z: 0 } });

  it("go out at most 20 times a second, the newest and the last always", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    for (let i = 1; i <= 100; i++) {
      session.update(step(i));
      await clock.pass(10);
    }
    await clock.pass(1000);
    expect(wire.count("player:update")).toBeLessThanOrEqual(21);
    expect(wire.asked("player:update").payload).toEqual(step(100));
  });

  it("gather what changed in between", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    session.update(step(1));
    session.update({ metadata: { heading: "up" } });
    session.update({ metadata: { mapId: "m" }, animation: "walk" });
    await clock.pass(50);
    expect(wire.asked("player:update").payload).toEqual({
      metadata: { heading: "up", mapId: "m" },
      animation: "walk",
    });
  });

  it("come back into the mirror as the server took them", async () => {
    const { wire, session, enter } = visit();
    await enter();
    session.update({ metadata: { appearance: { hair: "bob-red" } } });
    const player = { id: "me", name: "Me", metadata: { appearance: { hair: "bob-red", face: null } } };
    wire.asked("player:update").ack({ ok: true, player });
    await settle();
    expect(session.mirror.players.get("me")?.metadata).toEqual(player.metadata);
  });

  it("are sent again after a refusal for their rate", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    session.update(step(1));
    wire.asked("player:update").ack({ ok: false, code: "rate-limited", message: "Too many." });
    await clock.pass(999);
    expect(wire.count("player:update")).toBe(1);
    await clock.pass(1);
    expect(wire.asked("player:update").payload).toEqual(step(1));
    expect(wire.count("player:update")).toBe(2);
  });

  it("are not kept for after a lost connection: the join carries the state", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    session.update(step(1));
    session.update(step(2));
    wire.hear("disconnect", "transport close");
    session.update(step(3));
    await clock.pass(500);
    expect(wire.count("player:update")).toBe(1);
  });
});
