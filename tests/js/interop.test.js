// Every event of the contract through the official client, on every transport.

import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { decodeBatch, isStreamed, StreamDecoder } from "./artifacts/batch.js";
import { ask, client, count, event, player, Server } from "./harness.js";

const TRANSPORTS = { websocket: ["websocket"], polling: ["polling"], upgrade: undefined };

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  describe(name, () => {
    let server;
    const open = [];
    const options = transports ? { transports } : {};
    const join = async (id, more = {}) => {
      const socket = await player(server, id, { ...options, ...more });
      open.push(socket);
      return socket;
    };
    before(async () => {
      server = await Server.start();
    });
    after(async () => {
      for (const socket of open) socket.disconnect();
      await server.stop();
    });

    test("the snapshot is the first event, with exactly its keys", async () => {
      const socket = client(server, options);
      open.push(socket);
      const snapshot = await event(socket, "world:state");
      assert.equal(socket.seen[0][0], "world:state");
      assert.deepEqual(Object.keys(snapshot).sort(), ["chat", "players", "spriteAtlas", "world"]);
      const [greeting] = snapshot.chat;
      assert.deepEqual(Object.keys(greeting).sort(), ["author", "content", "id", "playerId", "timestamp"]);
      assert.equal(greeting.author, "System");
      const { sprites, lookup } = snapshot.spriteAtlas;
      assert.ok(sprites.length >= 8);
      assert.deepEqual(lookup[sprites[0].id], sprites[0]);
    });

    test("join, update, chat and leave reach the others and are answered", async () => {
      const looker = client(server, options);
      open.push(looker);
      await event(looker, "world:state");
      const ana = await join("ana");
      assert.deepEqual(Object.keys(ana.joined.player).sort(), ["animation", "id", "metadata", "name", "position"]);
      assert.ok(ana.joined.state.players.some((it) => it.id === "ana"));
      assert.match(ana.joined.guestToken ?? "none", /\./);
      await event(looker, "player:joined", (it) => it.id === "ana");

      const moved = await ask(ana, "player:update", {
        position: { x: 2.5 },
        metadata: { appearance: { hair: "bob" }, mood: 1 },
      });
      assert.deepEqual(moved.player.position, { x: 2.5, y: 0, z: 0 });
      const dressed = await ask(ana, "player:update", { metadata: { appearance: { shoes: null } } });
      assert.deepEqual(dressed.player.metadata, { appearance: { hair: "bob", shoes: null }, mood: 1 });
      const last = (it) => it.id === "ana" && it.metadata.appearance?.shoes === null;
      assert.deepEqual(await event(looker, "player:updated", last), dressed.player);
      assert.equal(count(ana, "player:updated", (it) => it.id === "ana"), 0, "no echo to the causer");

      const said = await ask(ana, "chat:message", { content: "  hello ", author: "Somebody", playerId: "x" });
      assert.equal(said.message.content, "hello");
      assert.equal(said.message.author, "ana");
      assert.equal(said.message.playerId, "ana");
      assert.deepEqual(await event(looker, "chat:message"), said.message);
      assert.deepEqual(await event(ana, "chat:message"), said.message);

      assert.deepEqual(await ask(ana, "player:leave"), { ok: true });
      assert.deepEqual(await event(looker, "player:left"), { id: "ana" });
      assert.equal(count(looker, "player:left"), 1);
    });

    test("a refusal has a code and a sentence, whatever came", async () => {
      const socket = await join("rosa");
      const stranger = client(server, options);
      open.push(stranger);
      await event(stranger, "world:state");
      const cases = [
        [socket, "player:join", undefined, "invalid-payload"],
        [socket, "player:join", {}, "invalid-player-id"],
        [socket, "player:join", { playerId: "system" }, "reserved-id"],
        [socket, "player:update", [1, 2], "invalid-payload"],
        [socket, "player:update", { position: "here" }, "invalid-payload"],
        [socket, "player:update", { metadata: { big: "x".repeat(5000) } }, "metadata-too-large"],
        [socket, "player:update", { metadata: { big: "x".repeat(70_000) } }, "too-large"],
        [socket, "chat:message", { content: 7 }, "invalid-payload"],
        [socket, "chat:message", { content: " \u200b " }, "empty-message"],
        [socket, "no:such:event", null, "unknown-event"],
        [stranger, "chat:message", { content: "hi" }, "not-joined"],
        [stranger, "player:update", {}, "not-joined"],
        [stranger, "player:join", { playerId: "rosa" }, "id-in-use"],
      ];
      for (const [who, name, payload, code] of cases) {
        const answer = await ask(who, name, payload);
        assert.equal(answer.ok, false, name);
        assert.equal(answer.code, code, `${name} ${JSON.stringify(payload)?.slice(0, 60)}`);
        assert.match(answer.message, /^[A-Z].*[.]$/s);
      }
      assert.equal((await ask(socket, "player:update", { animation: "walk" })).ok, true);
    });

    test("the same secret takes over: the older socket is told and stays away", async () => {
      const first = await join("tomas", { reconnection: true });
      const looker = await join("looker");
      const gone = once(first, "disconnect");
      const second = await join("tomas", { auth: { guestToken: first.joined.guestToken } });
      assert.deepEqual(await gone.then(([reason]) => reason), "io server disconnect");
      const [[, notice]] = first.seen.filter(([seen]) => seen === "session:terminated");
      assert.equal(notice.code, "duplicate");
      assert.equal(first.active, false, "the client does not reconnect by itself");
      await event(looker, "player:joined", (it) => it.id === "tomas");
      await ask(second, "chat:message", { content: "still here" });
      await event(looker, "chat:message", (it) => it.content === "still here");
      assert.equal(count(looker, "player:left", (it) => it.id === "tomas"), 0);
    });

    test("a client with the batch feature gets what changed as one attachment", async () => {
      const reader = await join("reader", { auth: { features: ["batch"] } });
      const mover = await join("mover");
      await ask(mover, "player:update", { position: { x: -3.25, z: 7 }, name: "Møver" });
      const decode = (data) => {
        const decoded = decodeBatch(data);
        assert.ok(decoded.ok, decoded.error);
        return decoded.changes.find((change) => change.id === "mover");
      };
      const change = decode(await event(reader, "players:updated", (data) => decode(data)));
      assert.equal(change.position.x ?? change.position[0], -3.25);
      assert.equal(change.name, "Møver");
      assert.equal(count(reader, "player:updated"), 0);
    });

    test("a client with the feature batch2 follows the stream, and one that comes later joins it", async () => {
      const follow = async (name) => {
        const reader = await join(name, { auth: { features: ["batch", "batch2"] } });
        return { reader, decoder: new StreamDecoder(), read: 0 };
      };
      /** Reads on until the mover is at `x`. */
      const until = async (follower, x) => {
        await event(follower.reader, "players:updated", () => {
          const frames = follower.reader.seen.filter(([seen]) => seen === "players:updated");
          const read = (data) => (isStreamed(data) ? follower.decoder.read(data) : decodeBatch(data));
          const seen = frames.slice(follower.read).map(([, data]) => read(data));
          follower.read = frames.length;
          for (const frame of seen) assert.ok(frame.ok, frame.error);
          return seen.some(({ changes }) => changes.some(({ id, position }) => id === "mover2" && position.x === x));
        });
        assert.equal(count(follower.reader, "player:updated"), 0);
      };
      const early = await follow("early");
      const mover = await join("mover2");
      await ask(mover, "player:update", { position: { x: 1.25 } });
      await until(early, 1.25);
      const late = await follow("late");
      await ask(mover, "player:update", { position: { x: 2.5 }, animation: "walk" });
      await Promise.all([until(early, 2.5), until(late, 2.5)]);
      assert.deepEqual(await ask(late.reader, "world:resync"), { ok: true });
      await event(late.reader, "world:state", (it) => it.players.some(({ position }) => position.x === 2.5));
    });
  });
}

describe("the life of a connection", () => {
  test("a drained server's clients come back by themselves and join again", async () => {
    const server = await Server.start();
    const socket = await player(server, "ana", { reconnection: true, reconnectionDelay: 50 });
    try {
      const away = once(socket, "disconnect");
      const back = once(socket, "connect");
      await server.restart("SIGTERM");
      assert.notEqual((await away)[0], "io server disconnect");
      assert.equal(count(socket, "session:terminated"), 0);
      await back;
      const again = await ask(socket, "player:join", { playerId: "ana" });
      assert.equal(again.ok, true, again.message);
    } finally {
      socket.disconnect();
      await server.stop();
    }
  });

  test("a world the host stops says so and nobody comes back", async () => {
    const server = await Server.start();
    const socket = await player(server, "ana", { reconnection: true });
    const gone = once(socket, "disconnect");
    const code = await server.end("SIGINT");
    assert.equal((await gone)[0], "io server disconnect");
    assert.equal((await event(socket, "session:terminated")).code, "shutdown");
    assert.equal(code, 0);
    socket.disconnect();
    await server.stop();
  });
});
