import { describe, expect, it } from "vitest";
import { JOINED, settle, visit } from "./scripted.js";

describe("a lost connection", () => {
  it("counts down, backs off and joins again as the same player", async () => {
    const { wire, clock, session, joins, enter } = visit();
    await enter();
    wire.deliver("disconnect", "transport close");
    expect(session.state).toEqual({ kind: "reconnecting", attempt: 1, retryAt: 1000 });
    await clock.pass(1000);
    expect(session.state).toMatchObject({ kind: "reconnecting", retryAt: null });
    wire.deliver("connect_error");
    expect(session.state).toMatchObject({ attempt: 2, retryAt: 3000 });
    await clock.pass(2000);
    wire.deliver("connect");
    expect(wire.asked("player:join").payload).toMatchObject({ playerId: "me" });
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toHaveLength(2);
    expect(session.state).toEqual({ kind: "live", presence: "joined" });
    wire.deliver("disconnect", "ping timeout");
    expect(session.state).toMatchObject({ attempt: 1 });
  });

  it("answers every open question", async () => {
    const { wire, session, enter } = visit();
    await enter();
    const answer = session.request("chat:message", { content: "hello?" });
    wire.deliver("disconnect", "transport error");
    expect(await answer).toMatchObject({ ok: false, code: "no-answer" });
  });

  it("goes back to waiting when the server is too busy to take the visitor in", async () => {
    const { wire, clock, session, enter } = visit();
    await enter();
    wire.deliver("disconnect", "transport close");
    await clock.pass(1000);
    wire.deliver("connect");
    wire.asked("player:join").ack({ ok: false, code: "rate-limited", message: "Too many." });
    await settle();
    expect(session.state.kind).toBe("reconnecting");
  });

  it("can be retried at once", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.deliver("disconnect", "transport close");
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
    wire.deliver("session:terminated", KICKED);
    wire.deliver("disconnect", "io server disconnect");
    wire.deliver("disconnect", "transport close");
    wire.deliver("connect_error");
    await clock.pass(60_000);
    expect(session.state).toEqual({ kind: "terminated", ...KICKED });
    expect(wire.connects).toBe(1);
  });

  it("comes back only when the visitor wishes", async () => {
    const { wire, session, joins, enter } = visit();
    await enter();
    wire.deliver("session:terminated", KICKED);
    session.resume();
    expect(session.state.kind).toBe("connecting");
    expect(session.mirror.ended).toBeNull();
    wire.deliver("connect");
    wire.asked("player:join").ack(JOINED);
    await settle();
    expect(joins).toHaveLength(2);
    expect(session.state).toEqual({ kind: "live", presence: "joined" });
  });

  it("a connection ended without a word is an end too, so that two tabs never evict each other for ever", async () => {
    const { wire, session, enter } = visit();
    await enter();
    wire.deliver("disconnect", "io server disconnect");
    expect(session.state).toMatchObject({ kind: "terminated", code: "closed" });
  });
});
