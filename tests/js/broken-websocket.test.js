// Official clients with their default transports, behind something that breaks websockets.

import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { after, before, describe, test } from "node:test";
import { ask, barrier, client, event, player, Server } from "./harness.js";

const ROUNDS = 5;

/** A proxy that passes HTTP, and does `harm` to a connection as soon as a websocket is answered with 101. */
async function breakingProxy(port, harm) {
  const open = new Set();
  const proxy = net.createServer((near) => {
    const far = net.connect(port, "127.0.0.1");
    let broken;
    let asked = false;
    near.on("data", (data) => {
      asked ||= /^GET [^\r\n]*transport=websocket/.test(data.toString("latin1"));
      if (broken) broken.near(data);
      else far.write(data);
    });
    far.on("data", (data) => {
      if (broken) return broken.far(data);
      near.write(data);
      if (asked) broken = harm(near, far);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    close: () => {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}

const nothing = () => {};

const HARMS = {
  closed: (near, far) => {
    near.destroy();
    far.destroy();
    return { near: nothing, far: nothing };
  },
  mute: () => ({ near: nothing, far: nothing }),
  "mute towards the client": (_, far) => ({ near: (data) => far.write(data), far: nothing }),
  mutate: (_, far) => ({ near: (data) => far.write(Buffer.from(data.map((byte) => byte ^ 0x5a))), far: nothing }),
};

for (const [name, harm] of Object.entries(HARMS)) {
  describe(`a proxy that does this to websockets: ${name}`, () => {
    let server;
    let proxy;
    let direct;
    before(async () => {
      server = await Server.start();
      proxy = await breakingProxy(server.port, harm);
      direct = await player(server, "direct", { transports: ["websocket"] });
    });
    after(async () => {
      direct.disconnect();
      proxy.close();
      await server.stop();
    });

    test("leaves the official client in the world, polling", async () => {
      const socket = client(proxy, { reconnection: true, reconnectionDelay: 50 });
      const counts = { connect: 0, disconnect: 0 };
      socket.on("connect", () => counts.connect++);
      socket.on("disconnect", () => counts.disconnect++);
      try {
        await event(socket, "world:state");
        assert.equal((await ask(socket, "player:join", { playerId: "behind" })).ok, true);
        for (let round = 0; round < ROUNDS; round++) {
          assert.equal((await ask(socket, "player:update", { position: { x: round } })).ok, true);
          await event(direct, "player:updated", ({ id, position }) => id === "behind" && position.x === round);
          await barrier(direct, socket);
        }
        assert.deepEqual(counts, { connect: 1, disconnect: 0 });
        assert.equal(socket.io.engine.transport.name, "polling");
      } finally {
        socket.disconnect();
      }
      await event(direct, "player:left", ({ id }) => id === "behind");
    });
  });
}
