// Version 0.1.0 is in use: its clients and tabs are heard as before, and its data opens. The fixtures under
// `compatibility/v0.1.0` were made by that version (`compatibility/record.mjs`).

import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { play, WIRES } from "./compatibility/play.js";
import { BATCH_PLAYER, JWT_SECRET, STEPS } from "./compatibility/story.js";
import { PASSWORD } from "./compatibility/world.js";
import { ask, client, event, Server } from "./harness.js";

const fixture = (name) => fileURLToPath(new URL(`compatibility/v0.1.0/${name}`, import.meta.url));

/** What is new at every run: ids, times and secrets. */
const FRESH = new Set(["sid", "guestToken", "token", "timestamp", "createdAt", "updatedAt", "lastLoginAt", "uptimeSeconds"]);
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Whether `now` says everything that `then` said. Keys may have been added since. */
function agrees(then, now, path) {
  if (Array.isArray(then)) {
    assert.ok(Array.isArray(now), path);
    assert.equal(now.length, then.length, `${path}: as many elements`);
    for (const [index, element] of then.entries()) agrees(element, now[index], `${path}[${index}]`);
    return;
  }
  if (typeof then === "object" && then !== null) {
    assert.equal(typeof now, "object", path);
    for (const key of Object.keys(then)) {
      assert.ok(now !== null && Object.hasOwn(now, key), `${path}.${key} is there`);
      if (FRESH.has(key)) assert.equal(typeof now[key], typeof then[key], `${path}.${key}`);
      else agrees(then[key], now[key], `${path}.${key}`);
    }
    return;
  }
  const bare = (value) => (typeof value === "string" ? value.replace(ID, "<id>") : value);
  assert.deepEqual(bare(now), bare(then), path);
}

/** A frame's packet head and its JSON; a binary attachment stays as it is. */
function read({ text, binary }) {
  if (binary !== undefined) return { binary };
  const [, head, json] = /^([0-9-]*(?:\/\w+,)?)(.*)$/s.exec(text);
  return { head, json: json === "" ? null : inOrder(JSON.parse(json)) };
}

/** Players of a snapshot have no order. */
function inOrder(json) {
  const snapshot = json?.[1]?.players ? json[1] : json?.[0]?.state;
  snapshot?.players.sort((a, b) => (a.id.replace(ID, "") < b.id.replace(ID, "") ? -1 : 1));
  return json;
}

/** What a client is owed of `frames`: a batch that only repeats what it said itself may be left out between two polls. */
function owed(frames) {
  const isEcho = (frame) => frame?.binary !== undefined && Buffer.from(frame.binary, "base64").includes(BATCH_PLAYER);
  return frames.filter((frame, index) => !isEcho(frame) && !isEcho(frames[index + 1]));
}

for (const [name, Wire] of Object.entries(WIRES))
  test(`clients and tabs of version 0.1.0 are answered as they were: ${name}`, () => replay(name, Wire));

async function replay(recording, Wire) {
  const recorded = JSON.parse(await readFile(fixture(`${recording}.json`), "utf8"));
  const server = await Server.start({ JWT_SECRET });
  try {
    const heard = await play(server, STEPS, Wire, async (wires, index) => {
      for (const [name, frames] of Object.entries(recorded[index].frames)) {
        const wire = wires.get(name);
        while (owed(wire.unread).length < owed(frames).length) await wire.arrived.promise;
      }
    });
    for (const [index, then] of recorded.entries()) {
      const now = heard[index];
      const step = `step ${index} ${JSON.stringify(STEPS[index])}`;
      const hearers = (frames) => Object.keys(frames).filter((name) => owed(frames[name]).length > 0);
      assert.deepEqual(hearers(now.frames).sort(), hearers(then.frames).sort(), step);
      for (const [name, frames] of Object.entries(then.frames))
        agrees(owed(frames).map(read), owed(now.frames[name]).map(read), `${step}: ${name}`);
      if (then.answer) agrees(then.answer, now.answer, step);
    }
  } finally {
    await server.stop();
  }
}

let server;
before(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "comutiny-"));
  await copyFile(fixture("world.db"), join(dataDir, "comutiny.sqlite"));
  server = new Server(dataDir, { JWT_SECRET });
  await server.open(0);
});
after(async () => {
  await server?.stop();
});

async function logIn(name) {
  const { status, body } = await server.ask("POST", "/auth/login", {
    body: { email: `${name}@example.org`, password: PASSWORD },
  });
  return { status, body };
}

test("a database of version 0.1.0 opens with everything in it", async () => {
  const { body: host } = await logIn("ada");
  assert.equal(host.user.role, "host");
  const get = async (path) => {
    const { status, body } = await server.ask("GET", path, { token: host.token });
    assert.equal(status, 200, path);
    return body;
  };

  const users = await get("/admin/users");
  assert.deepEqual(users.users.map(({ username }) => username).sort(), ["ada", "dara", "mo"]);
  const { bans } = await get("/admin/bans");
  assert.deepEqual(bans.map(({ kind, reason, active }) => [kind, reason, active]).sort(), [
    ["address", "Spam from there.", true],
    ["guest", "Enough.", true],
  ]);
  const { mutes } = await get("/admin/mutes");
  assert.deepEqual(mutes.map(({ reason, active }) => [reason, active]), [["Too loud.", true]]);
  const { reports } = await get("/admin/reports");
  assert.deepEqual(reports.map(({ reason }) => reason), ["Shouts."]);
  const { messages } = await get("/admin/messages");
  assert.ok(messages.some(({ content, status }) => content === "This line was removed." && status === "removed"));
  const { actions: entries } = await get("/admin/audit");
  const actions = new Set(entries.map(({ action }) => action));
  for (const action of ["settings.update", "chat.remove", "mute.create", "ban.create", "user.update"])
    assert.ok(actions.has(action), `${action} of ${[...actions]}`);
  const sprites = await get("/admin/assets/sprites");
  const made = sprites.assets.find(({ name }) => name === "Grandmother");
  const image = await fetch(server.url + made.imageUrl);
  assert.equal(image.headers.get("content-type"), "image/png");

  const looker = client(server);
  const state = await event(looker, "world:state");
  looker.disconnect();
  assert.equal(state.world.name, "The Old Quay");
  const said = state.chat.map(({ content }) => content);
  assert.ok(said.includes("This line stays.") && !said.includes("This line was removed."), `${said}`);

  const { body: moderator } = await logIn("mo");
  assert.equal(moderator.user.role, "moderator");
  const suspended = await logIn("dara");
  assert.equal(suspended.status, 403);
  assert.equal(suspended.body.code, "suspended");
});

test("what version 0.1.0 refused to somebody is refused still, and lifting it works", async () => {
  const { body: host } = await logIn("ada");
  const act = async (method, path, body) => {
    const answer = await server.ask(method, path, { token: host.token, body });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status}`);
    return answer.body;
  };
  const { users } = await act("GET", "/admin/users?search=dara");
  await act("PATCH", `/admin/users/${users[0].id}`, { suspensionUntil: null });
  const { body: dara } = await logIn("dara");
  const { body } = await server.ask("GET", "/avatars/me", { token: dara.token });
  assert.deepEqual(body.avatar.appearance, { hair: "curls", face: null, outfit: null, shoes: "boots" });
  const socket = client(server, { auth: { token: dara.token } });
  await event(socket, "world:state");
  const joined = await ask(socket, "player:join", { playerId: dara.user.id, avatarId: body.avatar.id });
  assert.equal(joined.player.name, "Dara of the quay");
  socket.disconnect();
  for (const kind of ["bans", "mutes"]) {
    const list = await act("GET", `/admin/${kind}`);
    for (const { id } of list[kind]) await act("DELETE", `/admin/${kind}/${id}`);
    assert.deepEqual((await act("GET", `/admin/${kind}?active=true`))[kind], []);
  }
});
