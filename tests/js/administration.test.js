// What moderators and hosts do over REST, against the real program.

import assert from "node:assert/strict";
import http from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ask, client, event, keys, player, Server } from "./harness.js";

const SPRITES = "/admin/assets/sprites";
const ORDER = { name: "Otto", category: "avatar", generator: "procedural", description: "green hat" };

describe("administration", () => {
  let server;
  let host;
  let moderator;
  before(async () => {
    server = await Server.start({ ALLOWED_HOSTS: "world.lan" });
    host = await server.account("hana", "host");
    moderator = await server.account("mona", "moderator");
  });
  after(() => server.stop());

  const refused = async (method, path, options, status) => {
    const { status: found, body } = await server.ask(method, path, options);
    assert.equal(found, status, `${method} ${path} ${JSON.stringify(options.body)}`);
    assert.deepEqual(keys(body), ["code", "message"]);
    assert.match(body.message, /^[A-Z].*[.]$/);
    return body;
  };
  const patch = (account, body, by = host) =>
    server.ask("PATCH", `/admin/users/${account.user.id}`, { body, token: by.token });
  const logIn = ({ user, password }) =>
    server.ask("POST", "/auth/login", { body: { email: user.email, password } });

  test("every route asks who is calling", async () => {
    const user = await server.account("una");
    const viewer = await server.account("vito", "viewer");
    const routes = [
      ["GET", "/admin/users", "viewer"], ["PATCH", "/admin/users/x", "moderator"],
      ["DELETE", "/admin/users/x", "host"], ["GET", "/admin/messages", "viewer"],
      ["DELETE", "/admin/messages/x", "moderator"], ["GET", SPRITES, "viewer"], ["POST", SPRITES, "host"],
      ["POST", `${SPRITES}/generate`, "host"], ["PATCH", `${SPRITES}/x`, "host"], ["DELETE", `${SPRITES}/x`, "host"],
    ];
    const ranks = ["user", "viewer", "moderator", "host"];
    const callers = { user, viewer, moderator };
    for (const [method, path, needed] of routes) {
      const body = ["POST", "PATCH"].includes(method) ? {} : undefined;
      await refused(method, path, { body }, 401);
      for (const [role, { token }] of Object.entries(callers)) {
        if (ranks.indexOf(role) < ranks.indexOf(needed)) await refused(method, path, { body, token }, 403);
      }
    }
  });

  test("lists come in pages and searched", async () => {
    const { token } = host;
    for (const name of ["paging one", "paging two", "paging three"]) {
      await server.account(name.replace(" ", "-"));
    }
    const page = (await server.ask("GET", "/admin/users?search=paging&limit=2&offset=2", { token })).body;
    assert.deepEqual([page.total, page.limit, page.offset, page.users.length], [3, 2, 2, 1]);
    assert.ok(!/password|hash/i.test(JSON.stringify(page)));
    for (const query of ["limit=0", "limit=x", "offset=-1"]) {
      for (const path of ["/admin/users", "/admin/messages", SPRITES, "/assets/sprites"]) {
        await refused("GET", `${path}?${query}`, { token }, 400);
      }
    }
  });

  test("a role changes at once, also for logins that are open", async () => {
    const riser = await server.account("rita");
    assert.equal((await patch(riser, { role: "moderator" }, moderator)).status, 403, "roles are for hosts");
    const raised = await patch(riser, { role: "moderator" });
    assert.deepEqual([raised.status, raised.body.user.role], [200, "moderator"]);
    assert.equal((await server.ask("GET", "/admin/users", { token: riser.token })).status, 200);
    assert.equal((await patch(riser, { role: "user" })).status, 200);
    await refused("GET", "/admin/users", { token: riser.token }, 403);
    for (const body of [{}, { role: "king" }, { isBanned: "yes" }, { suspensionUntil: "soon" }, "{"]) {
      assert.equal((await patch(riser, body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await patch(riser, { role: "admin" })).body.user.role, "host", "another word for host");
    assert.equal((await patch(riser, { isBanned: true }, moderator)).status, 403, "not those above");
  });

  test("nobody changes or deletes their own account here, and unknown ones are not found", async () => {
    assert.equal((await patch(host, { role: "user" })).status, 403);
    await refused("DELETE", `/admin/users/${host.user.id}`, { token: host.token }, 403);
    await refused("PATCH", "/admin/users/nobody", { body: { role: "user" }, token: host.token }, 404);
    await refused("DELETE", "/admin/users/nobody", { token: host.token }, 404);
  });

  test("a suspension ends the live session, keeps the account out, and is lifted", async () => {
    const guest = await server.account("sven");
    const socket = await player(server, guest.user.id, { auth: { token: guest.token } });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const body = { suspensionUntil: until, suspensionReason: "Too loud" };
    const suspended = await patch(guest, body, moderator);
    assert.equal(suspended.body.user.suspensionReason, "Too loud");
    const notice = await event(socket, "session:terminated");
    assert.deepEqual([notice.code, notice.reason], ["banned", "Too loud"]);
    assert.equal(Date.parse(notice.until), Date.parse(until));
    assert.equal((await logIn(guest)).status, 403);
    const back = client(server, { auth: { token: guest.token } });
    const snapshot = await event(back, "world:state");
    assert.ok(snapshot.world, "who may not play may look");
    const answer = await ask(back, "player:join", { playerId: guest.user.id });
    assert.equal(answer.code, "banned");
    assert.equal(Date.parse(answer.until), Date.parse(until));
    assert.equal((await patch(guest, { suspensionUntil: null }, moderator)).status, 200);
    assert.equal((await logIn(guest)).status, 200);
    back.disconnect();
    socket.disconnect();
  });

  test("a deleted account is gone, with its session", async () => {
    const leaver = await server.account("lars");
    const socket = await player(server, leaver.user.id, { auth: { token: leaver.token } });
    const path = `/admin/users/${leaver.user.id}`;
    await refused("DELETE", path, { token: moderator.token }, 403);
    assert.equal((await server.ask("DELETE", path, { token: host.token })).status, 204);
    await event(socket, "session:terminated");
    assert.equal((await logIn(leaver)).status, 401);
    await refused("DELETE", path, { token: host.token }, 404);
    socket.disconnect();
  });

  test("messages are found, and a removed one disappears for everybody", async () => {
    const { token } = moderator;
    const socket = await player(server, "chatty");
    const said = await ask(socket, "chat:message", { content: "Buy cheap anchors!" });
    const list = async (query) => (await server.ask("GET", `/admin/messages?${query}`, { token })).body;
    // The archive writes behind the game; the row is the event to wait for.
    while ((await list("search=anchors")).total === 0);
    const hour = 3_600_000;
    const [before, after] = [-hour, hour].map((ms) => new Date(Date.now() + ms).toISOString());
    for (const [query, total] of [
      ["search=ANCHORS&user=chatty", 1], ["search=anchors&user=somebody-else", 0],
      ["search=anchors&status=visible", 1], ["search=anchors&status=removed", 0],
      [`search=anchors&from=${before}&to=${after}`, 1], [`search=anchors&from=${after}`, 0],
    ]) {
      const found = await list(query);
      assert.equal(found.total, total, query);
      assert.deepEqual(keys(found), ["limit", "messages", "offset", "total"]);
    }
    for (const query of ["status=odd", "from=yesterday"]) {
      await refused("GET", `/admin/messages?${query}`, { token }, 400);
    }
    const path = `/admin/messages/${said.message.id}`;
    assert.equal((await server.ask("DELETE", path, { token })).status, 204);
    assert.deepEqual(await event(socket, "chat:removed"), { id: said.message.id });
    assert.equal((await list("search=anchors&status=removed")).total, 1);
    await refused("DELETE", "/admin/messages/no-such", { token }, 404);
    const late = client(server);
    const { chat } = await event(late, "world:state");
    assert.ok(!chat.some((it) => it.id === said.message.id));
    late.disconnect();
    socket.disconnect();
  });

  test("sprites are drawn, uploaded, changed and deleted, and every socket hears of it", async () => {
    const { token } = host;
    const looker = client(server);
    const snapshot = await event(looker, "world:state");
    const atlas = async () => (await server.ask("GET", "/assets/sprites/atlas")).body.atlas;
    assert.deepEqual(await atlas(), snapshot.spriteAtlas, "the one the snapshot holds");

    const drawn = (await server.ask("POST", `${SPRITES}/generate`, { body: ORDER, token })).body.sprite;
    await event(looker, "sprites:atlasUpdated", (it) => drawn.id in it.lookup);
    assert.match(drawn.imageUrl, /^\/static\//);
    const picture = await fetch(server.url + drawn.imageUrl);
    const bytes = Buffer.from(await picture.arrayBuffer());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    const known = { headers: { "if-none-match": picture.headers.get("etag") } };
    assert.equal((await fetch(server.url + drawn.imageUrl, known)).status, 304);
    const plain = new URL(drawn.imageUrl, server.url).pathname;
    for (const path of [plain.replace("/static", ""), `${plain}.bak`, "/static/sprites/..%2f..%2fsecret"]) {
      assert.equal((await fetch(server.url + path)).status, 404, path);
    }

    const upload = { name: "Copy", category: "avatar", image: bytes.toString("base64") };
    const copied = await server.ask("POST", SPRITES, { body: upload, token });
    assert.equal(copied.status, 201, copied.body.message);
    const form = new FormData();
    form.set("name", "Form");
    form.set("category", "avatar");
    form.set("image", new Blob([bytes], { type: "image/png" }), "form.png");
    const headers = { authorization: `Bearer ${token}` };
    const sent = await fetch(server.url + SPRITES, { method: "POST", body: form, headers });
    assert.equal(sent.status, 201);
    for (const body of [{}, { ...upload, image: "!!" }, { ...upload, image: "aGVsbG8=" }, { ...upload, name: " " }]) {
      await refused("POST", SPRITES, { body, token }, 400);
    }
    for (const body of [{}, { ...ORDER, generator: "oracle" }, { ...ORDER, name: 5 }]) {
      await refused("POST", `${SPRITES}/generate`, { body, token }, 400);
    }

    const path = `${SPRITES}/${drawn.id}`;
    const renamed = await server.ask("PATCH", path, { body: { name: "Otto II" }, token });
    assert.deepEqual([renamed.status, renamed.body.sprite.name], [200, "Otto II"]);
    await event(looker, "sprites:atlasUpdated", (it) => it.lookup[drawn.id]?.name === "Otto II");
    await refused("PATCH", path, { body: {}, token }, 400);
    await refused("PATCH", `${SPRITES}/no-such`, { body: { name: "X" }, token }, 404);
    assert.equal((await server.ask("DELETE", path, { token })).status, 204);
    await event(looker, "sprites:atlasUpdated", (it) => !(drawn.id in it.lookup));
    await refused("DELETE", path, { token }, 404);
    assert.equal((await fetch(server.url + drawn.imageUrl)).status, 404);
    const { total, assets } = (await server.ask("GET", "/assets/sprites?limit=1")).body;
    assert.equal(assets.length, 1);
    const now = await atlas();
    assert.equal(total, now.sprites.length);
    assert.ok(now.version > snapshot.spriteAtlas.version);
    looker.disconnect();
  });

  test("another site cannot act through the cookie of a host", async () => {
    const cookie = `auth_token=${host.token}`;
    const bearer = { authorization: `Bearer ${host.token}` };
    const body = { name: "Cross", category: "avatar", generator: "procedural" };
    for (const [name, headers, status] of [
      ["a foreign origin", { cookie, origin: "https://evil.example" }, 403],
      ["an opaque origin", { cookie, origin: "null" }, 403],
      ["a cross-site fetch", { cookie, "sec-fetch-site": "cross-site" }, 403],
      ["no browser", { cookie }, 201],
      ["our own page", { cookie, origin: server.url, "sec-fetch-site": "same-origin" }, 201],
      ["a bearer token", { ...bearer, origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 201],
    ]) {
      const answer = await server.ask("POST", `${SPRITES}/generate`, { body, headers });
      assert.equal(answer.status, status, name);
    }
    const reading = await server.ask("GET", "/admin/users", { headers: { cookie, origin: "https://evil.example" } });
    assert.equal(reading.status, 200, "reading is the business of CORS");
  });

  test("the page is served with its guards, and /admin leads to /admin/", async () => {
    const page = await fetch(`${server.url}/`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type"), /^text\/html/);
    assert.match(page.headers.get("content-security-policy"), /default-src 'self'/);
    const html = await page.text();
    for (const [, file] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      assert.match(file, /^\/ui\//, "built files never collide with REST");
      assert.equal((await fetch(server.url + file)).status, 200, file);
    }
    const admin = await fetch(`${server.url}/admin`, { redirect: "manual" });
    assert.deepEqual([admin.status, admin.headers.get("location")], [308, "/admin/"]);
    for (const path of ["/ui/nothing.js", "/ui/index.html", "/ui/admin/index.html"])
      assert.equal((await fetch(server.url + path)).status, 404, path);
    const guarded = (await fetch(`${server.url}/admin/`)).headers.get("content-security-policy");
    assert.match(guarded, /connect-src 'self';.*frame-ancestors 'none'/);
  });

  test("the administration answers under names of this machine only", async () => {
    const status = (path, host) =>
      new Promise((resolve, reject) => {
        const request = http.get({ host: "127.0.0.1", port: server.port, path, headers: { host } }, (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
          answer.on("end", () => resolve({ status: answer.statusCode, text }));
        });
        request.on("error", reject);
      });
    for (const name of ["evil.example", "localhost.evil.example", "203.0.113.77", "127.0.0.1.evil.example"]) {
      for (const path of ["/admin", "/admin/", "/admin/users", SPRITES]) {
        const answer = await status(path, name);
        assert.equal(answer.status, 421, `${name} ${path}`);
        assert.match(JSON.parse(answer.text).message, /ALLOWED_HOSTS/);
      }
      assert.equal((await status("/health", name)).status, 200);
    }
    for (const name of ["localhost", `127.0.0.1:${server.port}`, "[::1]:4000", "world.lan", "WORLD.lan:80"]) {
      assert.equal((await status("/admin/users", name)).status, 401, name);
    }
  });
});

describe("the operator's commands", () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.stop());

  const fails = async (args, input, sentence) => {
    await assert.rejects(server.cli(args, input), (error) => {
      assert.notEqual(error.code, 0);
      assert.match(error.stderr, sentence);
      assert.ok(!/panicked|backtrace/i.test(error.stderr), error.stderr);
      return true;
    });
  };
  const add = (username, email) =>
    ["user", "add", "--username", username, "--email", email, "--role", "user", "--password-stdin"];

  test("accounts are made, promoted and listed while the server runs", async () => {
    const made = await server.account("ola");
    assert.equal((await server.ask("GET", "/admin/users", { token: made.token })).status, 403);
    await server.cli(["user", "role", "--email", "ola@example.org", "--role", "moderator"]);
    assert.equal((await server.ask("GET", "/admin/users", { token: made.token })).status, 200);
    assert.match(await server.cli(["user", "list"]), /moderator .*ola@example\.org/);
    await server.cli(["user", "passwd", "--email", "ola@example.org", "--password-stdin"], "another long one\n");
    assert.equal((await server.ask("GET", "/auth/me", { token: made.token })).status, 401);
    await fails(add("Ola", "new@example.org"), "a long password\n", /name/);
    await fails(add("New", "OLA@example.org"), "a long password\n", /address/);
    await fails(add("New", "new@example.org"), "short\n", /password is too short/);
    await fails(add("New", "nonsense"), "a long password\n", /e-mail/);
  });

  test("a backup made while the server runs brings back exactly that moment", async () => {
    const copy = join(server.dataDir, "copy.sqlite");
    const before = await server.account("before");
    await server.cli(["backup", copy]);
    await fails(["backup", copy], "", /exist/);
    await fails(["restore", copy], "", /stop the server/);
    const later = await server.account("later");
    await server.end("SIGTERM");
    await fails(["restore", join(server.dataDir, "missing.sqlite")], "", /missing\.sqlite/);
    await server.cli(["restore", copy]);
    await server.open(server.port);
    const logIn = ({ user, password }) =>
      server.ask("POST", "/auth/login", { body: { email: user.email, password } });
    assert.equal((await logIn(before)).status, 200);
    assert.equal((await logIn(later)).status, 401);
  });
});
