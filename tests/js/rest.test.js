// REST against the real program: what only a whole process shows.

import assert from "node:assert/strict";
import http from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ask, event, player, Server } from "./harness.js";

describe("a running server", () => {
  let server;
  let host;
  before(async () => {
    server = await Server.start({ CORS_ORIGIN: "https://game.example" });
    host = await server.account("hana", "host");
  });
  after(() => server.stop());

  test("health, readiness and metrics", async () => {
    const health = await server.ask("GET", "/health");
    assert.equal(health.status, 200);
    assert.equal(health.body.status, "ok");
    assert.equal((await server.ask("GET", "/ready")).status, 200);
    const metrics = await fetch(`${server.url}/metrics`);
    assert.match(await metrics.text(), /^comutiny_players 0$/m);
  });

  test("unknown paths and wrong methods answer JSON", async () => {
    for (const [method, path, status] of [
      ["GET", "/nothing", 404],
      ["DELETE", "/health", 405],
    ]) {
      const answer = await server.ask(method, path);
      assert.equal(answer.status, status);
      assert.ok(answer.body.message && answer.body.code);
    }
  });

  test("register, log in, who am I, log out", async () => {
    const body = { username: "Ana", email: " Ana@Example.org ", password: "a long password" };
    const made = await server.ask("POST", "/auth/register", { body });
    assert.equal(made.status, 201);
    assert.equal(made.body.user.role, "user");
    assert.ok(!JSON.stringify(made.body).toLowerCase().includes("password"));
    const cookie = made.headers.getSetCookie().find((it) => it.startsWith("auth_token="));
    assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    const again = await server.ask("POST", "/auth/register", { body });
    assert.equal(again.status, 409);
    const login = { email: "ana@example.org", password: body.password };
    const { body: loggedIn } = await server.ask("POST", "/auth/login", { body: login });
    const me = await server.ask("GET", "/auth/me", { token: loggedIn.token });
    assert.equal(me.body.user.username, "Ana");
    assert.equal((await server.ask("POST", "/auth/logout", { token: loggedIn.token })).status < 300, true);
    assert.equal((await server.ask("GET", "/auth/me", { token: loggedIn.token })).status, 401);
    assert.deepEqual((await server.ask("GET", "/auth/session")).body, { user: null });
  });

  test("two who register at once: one gets the name", async () => {
    const body = { username: "Race", email: "race@example.org", password: "a long password" };
    const both = await Promise.all([1, 2].map(() => server.ask("POST", "/auth/register", { body })));
    assert.deepEqual(both.map((it) => it.status).sort(), [201, 409]);
  });

  test("CORS answers a listed origin and nobody else, on REST and Socket.IO", async () => {
    for (const path of ["/health", "/socket.io/?EIO=4&transport=polling"]) {
      const listed = await fetch(server.url + path, { headers: { origin: "https://game.example" } });
      assert.equal(listed.headers.get("access-control-allow-origin"), "https://game.example");
      assert.equal(listed.headers.get("access-control-allow-credentials"), "true");
      assert.match(listed.headers.get("vary"), /origin/i);
      const foreign = await fetch(server.url + path, { headers: { origin: "https://evil.example" } });
      assert.equal(foreign.headers.get("access-control-allow-origin"), null);
    }
  });

  test("the administration refuses strangers, users and foreign names", async () => {
    const user = await server.account("ursula");
    assert.equal((await server.ask("GET", "/admin/users")).status, 401);
    assert.equal((await server.ask("GET", "/admin/users", { token: user.token })).status, 403);
    const list = await server.ask("GET", "/admin/users?limit=1", { token: host.token });
    assert.equal(list.status, 200);
    assert.deepEqual(Object.keys(list.body).sort(), ["limit", "offset", "total", "users"]);
    const status = await new Promise((resolve, reject) => {
      const options = { port: server.port, path: "/admin/users", headers: { host: "evil.example" } };
      http.get(options, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
    });
    assert.equal(status, 421);
    const forged = await server.ask("DELETE", `/admin/users/${user.user.id}`, {
      headers: { cookie: `auth_token=${host.token}`, origin: "https://evil.example" },
    });
    assert.equal(forged.status, 403);
  });

  test("a ban acts on the live session at once and on the next join", async () => {
    const user = await server.account("bruno");
    const socket = await player(server, user.user.id, { auth: { token: user.token } });
    const body = { isBanned: true, suspensionReason: "rude" };
    const patched = await server.ask("PATCH", `/admin/users/${user.user.id}`, { body, token: host.token });
    assert.equal(patched.status, 200);
    assert.equal((await event(socket, "session:terminated")).code, "banned");
    socket.disconnect();
  });

  test("a generated sprite reaches live clients, and its picture is served", async () => {
    const socket = await player(server, "watcher");
    const body = { name: "Mara", category: "avatar", generator: "procedural", description: "red coat" };
    const made = await server.ask("POST", "/admin/assets/sprites/generate", { body, token: host.token });
    assert.equal(made.status, 201);
    const atlas = await event(socket, "sprites:atlasUpdated");
    const sprite = atlas.lookup[made.body.sprite.id];
    assert.equal(sprite.name, "Mara");
    const picture = await fetch(server.url + sprite.imageUrl);
    assert.equal(picture.headers.get("content-type"), "image/png");
    socket.disconnect();
  });

  test("a login on a live guest socket lets it join as the account", async () => {
    const socket = await player(server, "some-guest");
    const made = await server.ask("POST", "/auth/register", {
      body: { username: "Gus", email: "gus@example.org", password: "a long password" },
      headers: { cookie: `guest_token=${socket.joined.guestToken}` },
    });
    const joined = await ask(socket, "player:join", { playerId: made.body.user.id });
    assert.equal(joined.ok, true, joined.message);
    socket.disconnect();
  });
});

test("accounts, bans, sprites and chat survive a kill and a restore", { timeout: 60_000 }, async () => {
  const server = await Server.start();
  try {
    const host = await server.account("hana", "host");
    const user = await server.account("ben");
    const socket = await player(server, "ana");
    await ask(socket, "chat:message", { content: "remember me" });
    const inArchive = async () => {
      const found = await server.ask("GET", "/admin/messages?search=remember", { token: host.token });
      return found.body.total === 1;
    };
    // The archive writes behind the game; the row is the event to wait for.
    while (!(await inArchive()));
    await server.ask("PATCH", `/admin/users/${user.user.id}`, { body: { isBanned: true }, token: host.token });
    const generate = { name: "Kept", category: "avatar", generator: "procedural", description: "" };
    await server.ask("POST", "/admin/assets/sprites/generate", { body: generate, token: host.token });
    const copy = join(server.dataDir, "copy.sqlite");
    await server.cli(["backup", copy]);
    await server.restart("SIGKILL");
    const check = async () => {
      const again = await player(server, "eva");
      const { state } = again.joined;
      assert.ok(state.chat.some((it) => it.content === "remember me"));
      assert.ok(state.spriteAtlas.sprites.some((it) => it.name === "Kept"));
      const login = { email: "ben@example.org", password: user.password };
      assert.equal((await server.ask("POST", "/auth/login", { body: login })).status, 403);
      assert.equal((await server.ask("GET", "/auth/me", { token: host.token })).status, 200);
      again.disconnect();
    };
    await check();
    await server.end("SIGTERM");
    await server.cli(["restore", copy]);
    await server.open(server.port);
    await check();
    socket.disconnect();
  } finally {
    await server.stop();
  }
});
