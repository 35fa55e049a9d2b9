// The finer print of the contract through the official client, on every transport.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { ask, barrier, client, count, event, keys, player, Server } from "./harness.js";

const TRANSPORTS = { websocket: ["websocket"], polling: ["polling"], upgrade: undefined };
const FAMILY = "\u{1F469}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}";

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  describe(name, () => {
    let server;
    let open;
    const options = transports ? { transports } : {};
    const look = async () => {
      const socket = client(server, options);
      open.push(socket);
      await event(socket, "world:state");
      return socket;
    };
    const enter = async (id, more = {}) => {
      const socket = await player(server, id, { ...options, ...more });
      open.push(socket);
      return socket;
    };
    before(async () => {
      open = [];
      server = await Server.start();
    });
    after(async () => {
      for (const socket of open) socket.disconnect();
      await server.stop();
    });

    if (!transports) {
      test("the connection moves up to websocket and keeps its player", async () => {
        const socket = client(server, { ...options, autoConnect: false });
        open.push(socket);
        const connected = once(socket, "connect");
        socket.connect();
        await connected;
        const engine = socket.io.engine;
        if (engine.transport.name !== "websocket") await once(engine, "upgrade");
        assert.equal(engine.transport.name, "websocket");
        assert.equal((await ask(socket, "player:join", { playerId: "climber" })).ok, true);
        assert.equal(count(socket, "world:state"), 1);
      });
    }

    test("answers have exactly their keys, and a player its defaults", async () => {
      const socket = await look();
      const joined = await ask(socket, "player:join", { playerId: "  plain  " });
      assert.deepEqual(keys(joined), ["guestToken", "ok", "player", "state"]);
      const defaults = { id: "plain", name: "Player plain", position: { x: 0, y: 0, z: 0 } };
      assert.deepEqual(joined.player, { ...defaults, animation: "idle", metadata: {} });
      assert.deepEqual(keys(joined.state), ["chat", "players", "spriteAtlas", "world"]);
      assert.deepEqual(keys(await ask(socket, "player:update", { animation: "wave" })), ["ok", "player"]);
      const said = await ask(socket, "chat:message", { content: "keys" });
      assert.deepEqual(keys(said), ["message", "ok"]);
      assert.deepEqual(keys(said.message), ["author", "content", "id", "playerId", "timestamp"]);
      assert.equal(new Date(said.message.timestamp).toISOString(), said.message.timestamp);
      assert.deepEqual(keys(await ask(socket, "chat:message", {})), ["code", "message", "ok"]);
      assert.deepEqual(await ask(socket, "player:leave"), { ok: true });
      assert.deepEqual(await ask(socket, "player:leave"), { ok: true }, "leaving twice is no fault");
    });

    test("events sent in one breath take effect in that order", async () => {
      const looker = await look();
      const socket = await look();
      const answers = await Promise.all([
        ask(socket, "player:join", { playerId: "breath" }),
        ask(socket, "player:update", { position: { x: 4 } }),
        ask(socket, "chat:message", { content: "all at once" }),
        ask(socket, "player:leave"),
        ask(socket, "player:update", { position: { x: 5 } }),
      ]);
      assert.deepEqual(answers.map((it) => it.ok), [true, true, true, true, false]);
      assert.equal(answers[1].player.position.x, 4);
      await event(looker, "player:left", (it) => it.id === "breath");
      const about = ([, it]) => it.id === "breath" || it.content === "all at once";
      const order = looker.seen.filter(about).map(([event]) => event);
      const told = order.filter((it) => it !== "player:updated");
      assert.deepEqual(told, ["player:joined", "chat:message", "player:left"]);
    });

    test("joining under another id releases the first player, under the same id refreshes it", async () => {
      const looker = await look();
      const socket = await enter("chrysalis");
      const again = await ask(socket, "player:join", { playerId: "chrysalis", name: "Chrysalis II" });
      assert.equal(again.player.name, "Chrysalis II");
      await event(looker, "player:joined", (it) => it.name === "Chrysalis II");
      assert.equal(count(looker, "player:left", (it) => it.id === "chrysalis"), 0);
      const other = await ask(socket, "player:join", { playerId: "butterfly" });
      const ids = other.state.players.map((it) => it.id);
      assert.ok(ids.includes("butterfly") && !ids.includes("chrysalis"), `${ids}`);
      await event(looker, "player:joined", (it) => it.id === "butterfly");
      await event(looker, "player:left", (it) => it.id === "chrysalis");
    });

    test("a stranger cannot have an id that is in use, and changes nothing by trying", async () => {
      const holder = await enter("castle");
      const stranger = await look();
      const answer = await ask(stranger, "player:join", { playerId: " castle " });
      assert.equal(answer.code, "id-in-use");
      await barrier(holder, holder, stranger);
      assert.equal(count(holder, "session:terminated"), 0);
      assert.equal(count(stranger, "player:left"), 0);
      holder.disconnect();
      await event(stranger, "player:left", (it) => it.id === "castle");
      assert.equal((await ask(stranger, "player:join", { playerId: "castle" })).ok, true, "free again");
    });

    test("a lost connection removes the player, once", async () => {
      const looker = await enter("witness");
      const socket = await enter("meteor");
      socket.io.engine.close();
      await event(looker, "player:left", (it) => it.id === "meteor");
      await barrier(looker, looker);
      assert.equal(count(looker, "player:left", (it) => it.id === "meteor"), 1);
    });

    test("a client cannot speak for the server", async () => {
      const looker = await enter("calm");
      const forger = await enter("forger");
      for (const forged of ["world:state", "player:joined", "player:left", "session:terminated", "session:disconnect"]) {
        const answer = await ask(forger, forged, { id: "calm", players: [], reason: "x" });
        assert.equal(answer.code, "unknown-event", forged);
      }
      await barrier(forger, looker);
      assert.equal(count(looker, "world:state"), 1);
      assert.equal(count(looker, "player:left", (it) => it.id === "calm"), 0);
      assert.equal(count(looker, "session:terminated"), 0);
    });

    test("odd values do no harm", async () => {
      const looker = await look();
      const socket = await enter("odd");
      await ask(socket, "player:update", { position: { x: 7, y: 8, z: 9 } });
      const moved = await ask(socket, "player:update", { position: { x: Number.NaN, y: 1, z: Infinity } });
      assert.deepEqual(moved.player.position, { x: 7, y: 1, z: 9 });
      const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"prototype":2,"kept":3}');
      const marked = await ask(socket, "player:update", { metadata: hostile });
      if (marked.ok) assert.equal(marked.player.metadata.kept, 3);
      const after = await ask(await enter("odd-neighbour"), "player:update", { metadata: { mood: 1 } });
      assert.deepEqual(after.player.metadata, { mood: 1 });
      const shortened = await ask(socket, "player:update", { name: `  ${"n".repeat(300)}`, animation: "a".repeat(300) });
      assert.deepEqual([shortened.player.name.length, shortened.player.animation.length], [100, 64]);
      await event(looker, "player:updated", (it) => it.id === "odd" && it.name.length === 100);
    });

    test("hostile payloads are answered in words, without an ack too, and the connection stays", async () => {
      const socket = await enter("patient");
      const nested = (levels) => (levels === 0 ? 1 : [nested(levels - 1)]);
      const blob = Buffer.from("bytes");
      for (const [event, payload, code] of [
        ["player:join", blob, "invalid-payload"],
        ["player:join", { playerId: 7 }, "invalid-player-id"],
        ["player:join", { playerId: "x".repeat(129) }, "invalid-player-id"],
        ["player:join", { playerId: "a\u200bb" }, "invalid-player-id"],
        ["player:join", { playerId: " System " }, "reserved-id"],
        ["player:join", { playerId: "patient", name: 7 }, "invalid-payload"],
        ["player:join", { playerId: "patient", position: [1, 2, 3] }, "invalid-payload"],
        ["player:join", { playerId: "patient", metadata: [] }, "invalid-payload"],
        ["player:update", null, "invalid-payload"],
        ["player:update", { metadata: { blob } }, "invalid-payload"],
        ["player:update", { metadata: { nested: nested(20) } }, "metadata-too-large"],
        ["player:update", { metadata: { nested: nested(600) } }, "invalid-payload"],
        ["chat:message", "text", "invalid-payload"],
        ["chat:message", { content: ["text"] }, "invalid-payload"],
        ["", {}, "unknown-event"],
        ["__proto__", {}, "unknown-event"],
      ]) {
        socket.emit(event, payload);
        const answer = await ask(socket, event, payload);
        const what = `${event} ${JSON.stringify(payload)?.slice(0, 60)}`;
        assert.equal(answer.code, code, what);
        assert.deepEqual(keys(answer), ["code", "message", "ok"], what);
        assert.match(answer.message, /^[A-Z][^{}_`]*[.]$/, what);
      }
      const { player } = await ask(socket, "player:update", { animation: "calm" });
      const untouched = { id: "patient", name: "patient", position: { x: 0, y: 0, z: 0 }, metadata: {} };
      assert.deepEqual(player, { ...untouched, animation: "calm" }, "refusals change nothing");
    });

    test("a long message is truncated between visible characters", async () => {
      const socket = await enter("poet");
      const { message } = await ask(socket, "chat:message", { content: FAMILY.repeat(300) });
      assert.ok(message.content.length > 0);
      assert.equal(message.content.replaceAll(FAMILY, ""), "", "whole families only");
      const { message: lines } = await ask(socket, "chat:message", { content: "one\ntwo\tthree\u202e" });
      assert.equal(lines.content, "one two three");
    });

    test("more than the wire allows ends that connection and no other", async () => {
      const looker = await enter("steady");
      const socket = await enter("flood");
      const gone = once(socket, "disconnect");
      socket.emit("chat:message", { content: "x".repeat(1_100_000) });
      await gone;
      await event(looker, "player:left", (it) => it.id === "flood");
      assert.equal((await ask(looker, "player:update", { animation: "walk" })).ok, true);
    });
  });
}
