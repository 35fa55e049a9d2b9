import { describe, expect, it } from "vitest";
import type { UpdateRequest } from "../contract/index.js";
import { settle, visit } from "./scripted.js";

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
    wire.deliver("disconnect", "transport close");
    session.update(step(3));
    await clock.pass(500);
    expect(wire.count("player:update")).toBe(1);
  });
});
