// openapi.json and asyncapi.json, as a running server hands them out: valid by public rules, and true. Every call is
// made, by who may make it and by who may not, and every answer and event is held against its schema.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { validate } from "@readme/openapi-parser";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { ask, client, event, player, Server, watcher } from "./harness.js";

const require = createRequire(import.meta.url);
const PASSWORD = "correct horse battery";

/** Holds values against the schemas of a description. */
function holds(description) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: "it", ...description });
  return (schema, value, what) => {
    const fits = ajv.compile(within(schema));
    assert.ok(fits(value), `${what}: ${ajv.errorsText(fits.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
  };
}

/** A schema whose references lead into the description. */
function within(schema) {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"it#/');
  return JSON.parse(text);
}

describe("REST, as openapi.json says", () => {
  const STRANGER = {};
  const callers = { STRANGER };
  const called = new Set();
  let server;
  let description;
  let operations;
  let fits;

  before(async () => {
    server = await Server.start({ RATE_JOINS: "1000", WEBHOOK_PRIVATE_HOSTS: "localhost" });
    description = (await server.ask("GET", "/openapi.json")).body;
    operations = new Map();
    for (const [path, methods] of Object.entries(description.paths))
      for (const [method, operation] of Object.entries(methods))
        operations.set(operation.operationId, { ...operation, method: method.toUpperCase(), path });
    fits = holds(description);
    for (const role of ["user", "viewer", "moderator", "host"]) callers[role] = await server.account(`a-${role}`, role);
  });
  after(() => server.stop());

  /** Makes a call as its declaration says and answers with what it brought. */
  async function call(name, { by, path = {}, query = {}, body, status } = {}) {
    const operation = operations.get(name);
    assert.ok(operation, `there is no call ${name}`);
    const known = (operation.parameters ?? []).filter((it) => it.in === "query").map((it) => it.name);
    for (const asked of Object.keys(query)) assert.ok(known.includes(asked), `${name} knows no ${asked}`);
    const schema = operation.requestBody?.content["application/json"].schema;
    assert.equal(body !== undefined, schema !== undefined, `the body of ${name}`);
    if (schema) fits(schema, body, `the body of ${name}`);
    const address = operation.path.replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(path[part]));
    const words = new URLSearchParams(query);
    const caller = by ?? callers[operation["x-role"]] ?? STRANGER;
    const response = await fetch(`${server.url}${address}${words.size > 0 ? `?${words}` : ""}`, {
      method: operation.method,
      headers: {
        ...(caller.token && { authorization: `Bearer ${caller.token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const kind = response.headers.get("content-type")?.split(";")[0];
    const text = await response.text();
    const declared = operation.responses[response.status] ?? operation.responses.default;
    if (status === undefined) {
      assert.ok(operation.responses[response.status], `${name} answered ${response.status}: ${text.slice(0, 300)}`);
      called.add(name);
    } else {
      assert.equal(response.status, status, `${name}: ${text.slice(0, 300)}`);
    }
    if (declared.content === undefined) {
      assert.equal(text, "", name);
      return undefined;
    }
    assert.ok(kind in declared.content, `${name} answered ${kind}`);
    const shape = declared.content[kind].schema;
    if (shape === undefined) return text;
    const answer = JSON.parse(text);
    fits(shape, answer, `${name} ${response.status}`);
    return answer;
  }

  test("the description is OpenAPI 3.1", async () => {
    const verdict = await validate(structuredClone(description));
    assert.ok(verdict.valid, JSON.stringify(verdict.errors));
    assert.ok(operations.size > 60);
  });

  test("a role too low is refused, and a stranger asked to log in", async () => {
    const below = { user: STRANGER, viewer: "user", moderator: "viewer", host: "moderator" };
    for (const [name, { "x-role": role, parameters = [], requestBody }] of operations) {
      if (role === undefined) continue;
      // Programs on this machine may read the figures.
      if (name === "metrics") continue;
      const path = Object.fromEntries(parameters.filter((it) => it.in === "path").map((it) => [it.name, "account"]));
      const refused = async (caller, status) => {
        const { method, path: declared } = operations.get(name);
        const address = declared.replace(/\{(\w+)\}/g, (_, part) => path[part]);
        const body = requestBody && {};
        const answer = await server.ask(method, address, { token: caller.token, body });
        assert.equal(answer.status, status, `${name} by ${caller.user?.role ?? "a stranger"}: ${JSON.stringify(answer.body)}`);
        fits(operations.get(name).responses.default.content["application/json"].schema, answer.body, name);
      };
      await refused(STRANGER, 401);
      if (role !== "user") await refused(callers[below[role]], 403);
    }
  });

  test("accounts and looks", async () => {
    const body = { username: "Ana", email: "ana@example.org", password: PASSWORD };
    const made = await call("register", { body });
    await call("register", { body, status: 409 });
    const by = await call("logIn", { body: { email: body.email, password: PASSWORD } });
    assert.equal(by.user.id, made.user.id);
    await call("setUp", { body: { ...body, token: "none" }, status: 403 });
    assert.equal((await call("session", { by })).user.username, "Ana");
    assert.equal((await call("session", { by: STRANGER })).user, null);
    await call("account", { by });
    assert.equal((await call("avatar", { by })).avatar, null);
    const avatar = { name: "Ana", appearance: { hair: "bun-umber", face: null } };
    await call("keepAvatar", { by, body: avatar });
    await call("keepAvatar", { by, body: { description: null } });
    await call("avatar", { by });
    const changed = await call("changePassword", { by, body: { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` } });
    await call("logOut", { by: changed });
    const again = await call("logIn", { body: { email: body.email, password: `${PASSWORD}!` } });
    await call("deleteAccount", { by: again, body: { password: `${PASSWORD}!` } });
    await call("account", { by: again, status: 401 });
  });

  test("a ticket leads from the administration into the world, once", async () => {
    const { ticket } = await call("worldTicket");
    const entered = await call("enter", { body: { ticket } });
    assert.equal(entered.user.role, "viewer");
    await call("enter", { body: { ticket }, status: 401 });
  });

  test("lines that wait for a moderator", async () => {
    assert.deepEqual(await call("tryWords", { body: { text: "f00l", words: "fool" } }), { exact: null, folded: "fool" });
    const hold = (values) => call("changeSettings", { body: { values } });
    await hold({ word_list: "fool", word_list_mode: "hold" });
    const jo = await player(server, "jo");
    for (const content of ["you fool", "a fool again"])
      assert.equal((await ask(jo, "chat:message", { content })).code, "held");
    const { held } = await call("heldLines", { query: { limit: 2 } });
    await call("allowLine", { path: { id: held[0].id } });
    await call("refuseLine", { path: { id: held[1].id } });
    await call("refuseLine", { path: { id: held[1].id }, status: 404 });
    await hold({ word_list: null, word_list_mode: null });
    jo.disconnect();
  });

  test("what everybody may read", async () => {
    const { assets } = await call("worldSprites", { query: { limit: 1, offset: 0 } });
    await call("atlas");
    await call("spriteImage", { path: { file: assets[0].imageUrl.match(/[^/?]+\.png/)[0] } });
    for (const name of ["health", "ready", "metrics", "openapi", "asyncapi"]) await call(name);
  });

  test("live sessions and what moderators do to them", async () => {
    const bo = await player(server, "bo");
    const { sessions } = await call("sessions", { query: { search: "bo", joined: true } });
    const { id, kind, subject } = sessions[0];
    const person = { kind, subject };
    await call("sessionDetail", { path: { id } });
    await call("sessionDetail", { path: { id: "0" }, status: 404 });
    await call("record", { path: person });
    await call("faces", { query: { people: `${person.kind}:${person.subject}` } });
    await call("warn", { path: { id }, body: { message: "Be kind." } });
    await call("tell", { path: { id }, body: { message: "Over here." } });
    await call("announce", { body: { message: "Welcome.", pinMinutes: 60 } });
    await call("unpin");
    await call("unpin", { status: 404 });
    const { note } = await call("addNote", { path: person, body: { text: "New here." } });
    await call("record", { path: person });
    await call("removeNote", { path: { id: note.id } });
    const said = await ask(bo, "chat:message", { content: "Hello!" });
    const message = { id: said.message.id };
    // The archive writes behind what was said.
    const archived = async () => (await call("messages", { query: { search: "Hello" } })).messages.length > 0;
    for (let waited = 0; waited < 100 && !(await archived()); waited += 1);
    await call("removeMessage", { path: message });
    await call("restoreMessage", { path: message });
    await call("exportMessages", { query: { format: "csv" } });
    await call("exportMessages", { query: { format: "json" } });
    await ask(await player(server, "cy"), "player:report", { playerId: "bo", reason: "Shouts." });
    const { reports } = await call("reports", { query: { status: "open" } });
    await call("closeReport", { path: { id: reports[0].id }, body: { status: "resolved", note: "Talked." } });
    const { mute } = await call("muteSession", { path: { id }, body: { minutes: 5 } });
    await call("mutes", { query: { active: true } });
    await call("evidence", { path: { act: mute.id } });
    await call("unmute", { path: { id: mute.id } });
    await call("mutePerson", { body: { ...person, minutes: null, reason: "Loud." } });
    await call("banPreview", { path: { id } });
    const { bans, action } = await call("ban", { body: { sessionId: id, what: [kind], minutes: 1 } });
    await call("bans", { query: { active: true, search: "" } });
    await call("undo", { path: { id: action.id } });
    await call("undo", { path: { id: action.id }, status: 409 });
    await call("unban", { path: { id: (await call("ban", { body: bansOf(bans[0]) })).bans[0].id } });
    await player(server, "di");
    const [{ id: di }] = (await call("sessions", { query: { search: "di" } })).sessions;
    await call("kick", { path: { id: di }, body: { reason: "Time to go." } });
    await player(server, "ed");
    await call("kickPlayer", { path: { id: "ed" }, body: {} });
    await call("kickAll", { body: {} });
    await call("audit", { query: { action: "ban" } });
    await call("exportAudit", { query: { format: "csv" } });
  });

  const bansOf = ({ kind, subject }) => ({ subjects: [{ kind, subject }], minutes: null });

  test("accounts, sprites and settings", async () => {
    const body = { username: "Finn", email: "finn@example.org", password: PASSWORD, role: "viewer" };
    const { user } = await call("addUser", { body });
    const path = { id: user.id };
    await call("users", { query: { search: "finn" } });
    await call("changeUser", { path, body: { suspensionUntil: null, isBanned: false, role: "user" }, by: callers.host });
    await call("resetPassword", { path, body: { password: `${PASSWORD}?` } });
    await call("removeUser", { path });
    const order = { name: "Gil", category: "avatar", generator: "procedural", description: "a red coat" };
    const drawn = await call("previewSprite", { body: order });
    await call("generateSprite", { body: order });
    const upload = { name: "Hal", category: "avatar", image: drawn.image, metadata: drawn.metadata };
    const { sprite } = await call("uploadSprite", { body: upload });
    await call("changeSprite", { path: { id: sprite.id }, body: { name: "Hale" } });
    await call("removeSprite", { path: { id: sprite.id } });
    await call("sprites", { query: { category: "avatar" } });
    await call("settings");
    await call("changeSettings", { body: { values: { world_description: "A place." } } });
    await call("changeSettings", { body: { values: { max_players: -1 } }, status: 400 });
    const service = await call("addService", { body: { name: "Greeter", scopes: ["read", "join"] } });
    await call("addService", { body: { name: "Greeter", scopes: ["read"] }, status: 409 });
    await call("sessions", { by: service });
    await call("warn", { by: service, path: { id: "none" }, body: { message: "x" }, status: 403 });
    await call("services");
    await call("revokeService", { path: { id: service.service.id } });
    await call("sessions", { by: service, status: 401 });
    const hook = await call("addWebhook", { body: { name: "Staff room", url: `${server.url}/health`, events: ["crowd"] } });
    await call("addWebhook", { body: { name: "Inside", url: "http://10.0.0.1/", events: ["kick"] }, status: 400 });
    await call("webhooks");
    const ofHook = { path: { id: hook.webhook.id } };
    await call("deliveries", ofHook);
    await call("resumeWebhook", ofHook);
    await call("testWebhook", ofHook);
    await call("removeWebhook", ofHook);
    await call("testWebhook", { ...ofHook, status: 404 });
    await call("me");
    for (const name of ["nodes", "stats", "reasons", "history", "visits", "invite"]) await call(name);
    await call("logs", { query: { level: "info", limit: 5 } });
    await call("exportLogs");
  });

  test("load tests", async () => {
    const plan = { clients: 2, durationMs: 2000, updateIntervalMs: 200, spawnIntervalMs: 10, mode: "batch" };
    const { run } = await call("startLoadTest", { body: plan });
    const path = { id: run.id };
    await call("loadTest", { path });
    await call("stopLoadTest", { path });
    const over = async () => (await call("loadTest", { path })).report !== null;
    for (let asked = 0; asked < 500 && !(await over()); asked += 1);
    const { runs } = await call("loadTests");
    assert.equal(runs[0].id, run.id);
    for (const format of ["html", "json", "csv", "png"]) await call("exportLoadTest", { path, query: { format } });
    await call("removeLoadTest", { path });
  });

  test("no call was left out", () => {
    // It has no good answer here: a host can log in.
    called.add("setUp");
    assert.deepEqual([...operations.keys()].filter((name) => !called.has(name)), []);
  });
});

describe("events, as asyncapi.json says", () => {
  let server;
  let description;
  let fits;
  before(async () => {
    server = await Server.start();
    description = (await server.ask("GET", "/asyncapi.json")).body;
    fits = holds(description);
  });
  after(() => server.stop());

  const messages = (channel) => Object.entries(description.channels[channel].messages);
  const told = (channel, name) => messages(channel).find(([key, it]) => it.name === name && !/Sent(Ack)?$/.test(key))[1];
  const asked = (channel, name) => messages(channel).find(([key, it]) => it.name === name && key.endsWith("Sent"))[1];
  const answer = (channel, name) => messages(channel).find(([key, it]) => it.name === name && key.endsWith("SentAck"))[1];

  test("the description is AsyncAPI 3.0", () => {
    const schema = require("@asyncapi/specs/schemas/3.0.0.json");
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, meta: false, validateSchema: false });
    const valid = ajv.compile(schema);
    assert.ok(valid(description), ajv.errorsText(valid.errors));
    const references = JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, path] of references) {
      const found = path.split("/").reduce((value, key) => value?.[key], description);
      assert.ok(found !== undefined, `nothing is at ${path}`);
    }
  });

  /** Holds an event's answer, and what went out, against the declaration. */
  async function say(socket, channel, name, ...payload) {
    if (payload.length > 0) fits(asked(channel, name).payload, payload[0], name);
    const got = await ask(socket, name, ...payload);
    fits(answer(channel, name).payload, got, `the answer to ${name}`);
    return got;
  }

  test("what players send and hear", async () => {
    const host = await server.account("hana", "host");
    const ana = await player(server, "ana");
    const looking = client(server);
    await event(looking, "world:state");
    await say(ana, "world", "player:join", { playerId: "ana", name: "Ana", position: { x: 1, y: 0, z: 2 } });
    await say(ana, "world", "player:update", { animation: "walk", metadata: { heading: 1 } });
    const { message } = await say(ana, "world", "chat:message", { content: "Hi" });
    await say(ana, "world", "player:emote", { name: "wave" });
    await event(looking, "player:emoted");
    assert.equal((await say(ana, "world", "chat:message", { content: " " })).code, "empty-message");
    await say(ana, "world", "session:ticket");
    await say(ana, "world", "world:resync");
    await say(ana, "world", "player:report", { playerId: "nobody" });
    const path = `/admin/messages/${message.id}`;
    let removed;
    for (let tried = 0; tried < 100 && removed !== 204; tried += 1)
      removed = (await server.ask("DELETE", path, { token: host.token })).status;
    await server.ask("POST", `${path}/restore`, { token: host.token, body: {} });
    const { body } = await server.ask("GET", "/admin/sessions?search=ana", { token: host.token });
    await server.ask("POST", `/admin/sessions/${body.sessions[0].id}/warn`, { token: host.token, body: { message: "Psst." } });
    const { id } = await event(ana, "moderation:notice");
    await say(ana, "world", "moderation:read", { id });
    const sprite = { name: "Gil", category: "avatar" };
    await server.ask("POST", "/admin/assets/sprites/generate", { token: host.token, body: sprite });
    await event(looking, "sprites:atlasUpdated");
    await event(looking, "chat:restored");
    await say(ana, "world", "player:leave");
    await event(looking, "player:left");
    await say(ana, "world", "player:join", { playerId: "ana" });
    await server.ask("POST", `/admin/sessions/${body.sessions[0].id}/kick`, { token: host.token, body: {} });
    await event(ana, "session:terminated");
    await server.ask("PATCH", "/admin/settings", { token: host.token, body: { values: { world_mood: "night" } } });
    await event(looking, "world:mood");
    await server.ask("POST", "/admin/announcements", { token: host.token, body: { message: "At three.", pinMinutes: 5 } });
    await event(looking, "world:pinned");
    const keeper = await player(server, host.user.id, { auth: { token: host.token } });
    await event(looking, "world:staff");
    keeper.disconnect();
    const heard = new Set();
    for (const [name, payload] of [...looking.seen, ...ana.seen]) {
      fits(told("world", name).payload, payload, name);
      heard.add(name);
    }
    const names = messages("world").filter(([key]) => !/Sent(Ack)?$/.test(key)).map(([, it]) => it.name);
    // In binary, for who asks for it.
    for (const name of ["players:updated", "events:packed"]) heard.add(name);
    assert.deepEqual(names.filter((name) => !heard.has(name)), []);
    looking.disconnect();
  });

  test("what watchers send and hear", async () => {
    const host = await server.account("hugo", "host");
    const watching = watcher(server, host.token);
    fits(told("admin", "admin:state").payload, await event(watching, "admin:state"), "admin:state");
    await say(watching, "admin", "admin:resync");
    await say(watching, "admin", "admin:logs", { level: "trace" });
    fits(told("admin", "admin:changes").payload, await event(watching, "admin:changes"), "admin:changes");
    await server.ask("PATCH", `/admin/users/${host.user.id}`, { token: (await server.account("ida", "host")).token, body: { role: "user" } });
    fits(told("admin", "admin:ended").payload, await event(watching, "admin:ended"), "admin:ended");
    for (const [name, payload] of watching.seen) fits(told("admin", name).payload, payload, name);
  });
});
