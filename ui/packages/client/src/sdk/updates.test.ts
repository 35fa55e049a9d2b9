import { describe, expect, it } from "vitest";
import vectorText from "../../../../../server-core/crates/contract/src/batch/stream/vectors.json?raw";
import { settle, visit } from "./scripted.js";

interface Frame {
  readonly hex: string;
}

/** The frames of the documented example: a keyframe, ada and grace step, ada steps. */
const EXAMPLE = (JSON.parse(vectorText) as { streams: { frames: Frame[] }[] }).streams[0]?.frames ?? [];

function frame(index: number): Uint8Array {
  const pairs = EXAMPLE[index]?.hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

async function reader() {
  const visited = visit();
  await visited.enter();
  visited.wire.deliver("player:joined", { id: "ada", name: "Ada" });
  const x = () => visited.session.mirror.players.get("ada")?.position.x;
  const deliver = (index: number) => visited.wire.deliver("players:updated", frame(index));
  return { ...visited, x, deliver };
}

describe("a stream", () => {
  it("is read frame by frame, and a keyframe changes nothing that is seen", async () => {
    const { deliver, events, x } = await reader();
    events.length = 0;
    deliver(0);
    expect(events).toEqual([]);
    deliver(1);
    expect(x()).toBe(10.5);
    deliver(2);
    expect(x()).toBe(10.7);
    expect(events).toEqual(["updated", "updated"]);
  });

  it("that breaks off is asked for once, and goes on from the next keyframe", async () => {
    const { wire, deliver, session, x } = await reader();
    deliver(0);
    deliver(2);
    deliver(3);
    expect(wire.count("world:resync")).toBe(1);
    wire.asked("world:resync").ack({ ok: true });
    await settle();
    deliver(1);
    expect(x()).toBe(0);
    deliver(0);
    deliver(1);
    expect(x()).toBe(10.5);
    expect(session.state.kind).toBe("live");
  });

  it("that breaks off again and again, or is not sent again, is given up for batches", async () => {
    for (const refuse of [false, true]) {
      const { wire, deliver, session, clock } = await reader();
      for (let round = 0; round < 4 && session.state.kind === "live"; round++) {
        deliver(0);
        deliver(2);
        if (refuse) wire.asked("world:resync").ack({ ok: false, code: "unknown-event" });
        await settle();
      }
      expect(session.state.kind).toBe("reconnecting");
      expect(session.features).toEqual(["batch", "lean", "log", "packed"]);
      expect(wire.count("world:resync")).toBe(refuse ? 1 : 3);
      await clock.pass(1000);
      wire.deliver("connect");
      deliver(0);
      expect(session.features).toEqual(["batch", "lean", "log", "packed"]);
    }
  });

  it("starts anew with each connection", async () => {
    const { wire, deliver, clock, x } = await reader();
    deliver(0);
    deliver(1);
    wire.deliver("disconnect", "transport close");
    await clock.pass(1000);
    wire.deliver("connect");
    deliver(0);
    deliver(1);
    expect(wire.count("world:resync")).toBe(0);
    expect(x()).toBe(10.5);
  });
});
