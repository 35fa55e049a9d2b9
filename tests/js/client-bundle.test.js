// The official client where every Socket.IO server has it, for pages without a bundler.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import vm from "node:vm";
import { WebSocket } from "ws";
import { Server } from "./harness.js";

let server;
before(async () => {
  server = await Server.start();
});
after(() => server.stop());

for (const name of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"]) {
  test(`${name} is served with its licence`, async () => {
    const answer = await fetch(`${server.url}/socket.io/${name}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /javascript/);
    assert.equal(answer.headers.getSetCookie().length, 0);
    const tag = answer.headers.get("etag");
    assert.match(await answer.text(), /^\/\*!\s+\* Socket\.IO v4[^]*Released under the MIT License/);
    const again = await fetch(`${server.url}/socket.io/${name}`, { headers: { "if-none-match": tag } });
    assert.equal(again.status, 304);
  });
}

test("the served client enters the world", async () => {
  const text = await (await fetch(`${server.url}/socket.io/socket.io.js`)).text();
  const page = vm.createContext({ WebSocket, setTimeout, clearTimeout, URL, TextEncoder, TextDecoder, console });
  vm.runInContext(`var self = this; ${text}`, page);
  const socket = page.io(server.url, { transports: ["websocket"], reconnection: false });
  const [state] = await once(socket, "world:state");
  assert.deepEqual(Object.keys(state).sort(), ["chat", "players", "spriteAtlas", "world"]);
  socket.disconnect();
});

test("anything else beside it is not there", async () => {
  const answer = await fetch(`${server.url}/socket.io/other.js`);
  assert.equal(answer.status, 404);
  assert.equal((await answer.json()).code, "not-found");
});
