// Sessions that open by polling and move to a websocket, and are quiet afterwards.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { WebSocket } from "ws";
import { ask, client, Server } from "./harness.js";

const SLOW_CONSUMER_MS = 1000;
// Between two heartbeats a quiet client waits for longer than a slow one may take.
const PING_INTERVAL_MS = 3000;
const HEARTBEATS = 2;

/** A session on a websocket that began by polling and has not connected to the namespace yet. */
async function upgraded(server) {
  const path = `${server.url}/socket.io/?EIO=4`;
  const opened = await (await fetch(`${path}&transport=polling`)).text();
  const { sid } = JSON.parse(opened.slice(1));
  const socket = new WebSocket(`${path.replace("http", "ws")}&transport=websocket&sid=${sid}`);
  const packets = [];
  socket.on("message", (data) => {
    packets.push(String(data));
    socket.emit("packet", String(data));
    if (String(data) === "2") socket.send("3");
  });
  await once(socket, "open");
  const probed = once(socket, "packet");
  socket.send("2probe");
  assert.deepEqual(await probed, ["3probe"]);
  socket.send("5");
  return { socket, packets };
}

/** Resolves with the first packet that starts so, also with one that came already. */
async function packet({ socket, packets }, start) {
  for (;;) {
    const found = packets.find((it) => it.startsWith(start));
    if (found) return found;
    await once(socket, "packet", { signal: AbortSignal.timeout(10_000) });
  }
}

/** Waits for heartbeats that arrive from now on; a connection that ends first is an error. */
function heartbeats(socket, name) {
  return new Promise((resolve, reject) => {
    let beats = 0;
    socket.on(name, (data) => {
      if (name === "packet" && data !== "2") return;
      beats += 1;
      if (beats === HEARTBEATS) resolve();
    });
    for (const ending of ["close", "disconnect"]) socket.on(ending, () => reject(new Error(`it ended: ${ending}`)));
  });
}

describe("a quiet session that was upgraded", () => {
  let server;
  before(async () => {
    server = await Server.start({
      SLOW_CONSUMER_MS: String(SLOW_CONSUMER_MS),
      PING_INTERVAL_MS: String(PING_INTERVAL_MS),
    });
  });
  after(() => server.stop());

  test("stays when it upgraded before its CONNECT", async () => {
    const session = await upgraded(server);
    session.socket.send("40");
    await packet(session, '42["world:state"');
    session.socket.send('421["player:join",{"playerId":"early"}]');
    assert.match(await packet(session, "431"), /"ok":true/);
    session.socket.send('422["chat:message",{"content":"Good evening"}]');
    assert.match(await packet(session, "432"), /"ok":true/);
    await heartbeats(session.socket, "packet");
    session.socket.send('423["player:update",{"animation":"walk"}]');
    assert.match(await packet(session, "433"), /"ok":true/);
    session.socket.close();
  });

  test("stays, as many official clients do with their default transports", async () => {
    const clients = Array.from({ length: 8 }, () => client(server));
    try {
      const rested = clients.map(async (socket, number) => {
        assert.equal((await ask(socket, "player:join", { playerId: `quiet-${number}` })).ok, true);
        assert.equal((await ask(socket, "player:update", { name: `Quiet ${number}` })).ok, true);
        assert.equal((await ask(socket, "chat:message", { content: "Good evening" })).ok, true);
        await heartbeats(socket.io, "ping");
        assert.equal(socket.io.engine.transport.name, "websocket");
        assert.equal((await ask(socket, "player:update", { animation: "walk" })).ok, true);
      });
      await Promise.all(rested);
    } finally {
      for (const socket of clients) socket.disconnect();
    }
  });
});
