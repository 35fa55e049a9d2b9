// Accounts over REST, against the real program.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, client, event, keys, player, sendBack, Server, setCookie } from "./harness.js";

const PASSWORD = "a long password";
const COOKIE = /^auth_token=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/;

describe("accounts", () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.stop());

  const refused = async (method, path, options, status) => {
    const { status: found, body } = await server.ask(method, path, options);
    const what = `${method} ${path} ${JSON.stringify(options)?.slice(0, 120)}`;
    assert.equal(found, status, what);
    assert.deepEqual(keys(body), ["code", "message"], what);
    assert.match(body.code, /^[a-z-]+$/);
    assert.match(body.message, /^[A-Z].*[.]$/, what);
    return body;
  };

  test("what cannot be an account is a 400 with a sentence", async () => {
    const good = { username: "Nora", email: "nora@example.org", password: PASSWORD };
    const cases = [
      "", "{", "null", '"text"', "[]", "{}",
      { ...good, username: undefined }, { ...good, username: "  " }, { ...good, username: 7 },
      { ...good, username: "n".repeat(41) }, { ...good, username: null },
      { ...good, email: undefined }, { ...good, email: " " }, { ...good, email: "nora" },
      { ...good, email: "nora@" }, { ...good, email: ["nora@example.org"] },
      { ...good, email: `${"n".repeat(250)}@example.org` },
      { ...good, password: undefined }, { ...good, password: "" }, { ...good, password: "short" },
      { ...good, password: "p".repeat(201) }, { ...good, password: true },
    ];
    for (const body of cases) await refused("POST", "/auth/register", { body }, 400);
    for (const body of ["", "{", { email: good.email }, { password: PASSWORD }, { email: 1, password: 2 }]) {
      await refused("POST", "/auth/login", { body }, 400);
    }
    const body = JSON.stringify(good);
    for (const kind of ["text/plain", "application/x-www-form-urlencoded"]) {
      await refused("POST", "/auth/register", { body, headers: { "content-type": kind } }, 400);
    }
    assert.equal((await server.ask("POST", "/auth/register", { body: good })).status, 201, "nothing was kept");
  });

  test("a cookie carries a login, and logging out takes it away", async () => {
    const register = { username: "Cora", email: " Cora@Example.org ", password: PASSWORD };
    const made = await server.ask("POST", "/auth/register", { body: register });
    assert.deepEqual(keys(made.body), ["token", "user"]);
    assert.match(made.body.user.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const login = { email: "CORA@example.ORG  ", password: PASSWORD };
    const answer = await server.ask("POST", "/auth/login", { body: login });
    assert.equal(answer.status, 200);
    const set = setCookie(answer.headers, "auth_token");
    assert.match(set, COOKIE);
    const cookie = sendBack(set);
    for (const path of ["/auth/me", "/auth/session"]) {
      const { status, body } = await server.ask("GET", path, { cookie });
      assert.equal(status, 200);
      assert.equal(body.user.id, made.body.user.id);
      assert.ok(!/password|hash|secret/i.test(JSON.stringify(body)));
    }
    const out = await server.ask("POST", "/auth/logout", { cookie });
    assert.equal(out.status, 200);
    const cleared = setCookie(out.headers, "auth_token");
    assert.equal(cleared, "auth_token=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    await refused("GET", "/auth/me", { cookie }, 401);
    assert.deepEqual((await server.ask("GET", "/auth/session", { cookie })).body, { user: null });
    assert.equal((await server.ask("POST", "/auth/logout")).status, 200, "nobody may log out, too");
  });

  test("wrong credentials and forged tokens are a 401 that tells nothing", async () => {
    const { user, token } = await server.account("Karl");
    const wrong = { email: user.email, password: "not the password" };
    const unknown = { email: "nobody@example.org", password: "not the password" };
    const answers = [];
    for (const body of [wrong, unknown]) answers.push(await refused("POST", "/auth/login", { body }, 401));
    assert.deepEqual(answers[0], answers[1], "whether the account exists is not told");
    const [, claims, signature] = token.split(".");
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const tampered = JSON.parse(Buffer.from(claims, "base64url"));
    const raised = Buffer.from(JSON.stringify({ ...tampered, role: "host" })).toString("base64url");
    const forged = ["x", `${unsigned}.${claims}.`, `${unsigned}.${claims}.${signature}`];
    forged.push(`${token.split(".")[0]}.${raised}.${signature}`, token.slice(0, -3));
    for (const bad of forged) {
      await refused("GET", "/auth/me", { token: bad }, 401);
      await refused("GET", "/auth/me", { cookie: `auth_token=${bad}` }, 401);
    }
    await refused("GET", "/auth/me", {}, 401);
  });

  test("names and addresses are taken whatever their letters", async () => {
    await server.account("Taken");
    const body = { username: "Fresh", email: " TAKEN@example.org", password: PASSWORD };
    assert.equal((await refused("POST", "/auth/register", { body }, 409)).code, "email-taken");
    const twin = { username: "tAKEN", email: "fresh@example.org", password: PASSWORD };
    assert.equal((await refused("POST", "/auth/register", { body: twin }, 409)).code, "username-taken");
  });

  test("of many who register at once with one name or one address, one succeeds", async () => {
    const crowd = [1, 2, 3, 4];
    const names = crowd.map((n) => ({ username: "Racer", email: `racer${n}@example.org`, password: PASSWORD }));
    const addresses = crowd.map((n) => ({ username: `Runner ${n}`, email: "run@example.org", password: PASSWORD }));
    for (const bodies of [names, addresses]) {
      const answers = await Promise.all(bodies.map((body) => server.ask("POST", "/auth/register", { body })));
      assert.deepEqual(answers.map((it) => it.status).sort(), [201, 409, 409, 409]);
    }
  });

  test("a new password ends the older logins", async () => {
    const { token, password } = await server.account("Paula");
    const body = { currentPassword: password, newPassword: "an even longer one" };
    await refused("POST", "/auth/password", { body }, 401);
    await refused("POST", "/auth/password", { body: { ...body, currentPassword: "wrong one" }, token }, 401);
    await refused("POST", "/auth/password", { body: { ...body, newPassword: "short" }, token }, 400);
    const changed = await server.ask("POST", "/auth/password", { body, token });
    assert.equal(changed.status, 200);
    assert.match(setCookie(changed.headers, "auth_token"), COOKIE);
    await refused("GET", "/auth/me", { token }, 401);
    assert.equal((await server.ask("GET", "/auth/me", { token: changed.body.token })).status, 200);
    await refused("POST", "/auth/login", { body: { email: "paula@example.org", password } }, 401);
  });

  test("an account is deleted by its owner, who must know the password", async () => {
    const { token, password, user } = await server.account("Gone");
    await refused("DELETE", "/auth/me", { body: { password: "not mine" }, token }, 401);
    const deleted = await server.ask("DELETE", "/auth/me", { body: { password }, token });
    assert.equal(deleted.status, 204);
    assert.match(setCookie(deleted.headers, "auth_token"), /^auth_token=;.* Max-Age=0$/);
    await refused("GET", "/auth/me", { token }, 401);
    await refused("POST", "/auth/login", { body: { email: user.email, password } }, 401);
  });

  test("logging out releases the live sockets of that browser, and no other", async () => {
    const { token, user } = await server.account("Lena");
    const looker = client(server);
    await event(looker, "world:state");
    const socket = await player(server, "lena-as-guest");
    const cookie = `auth_token=${token}; guest_token=${socket.joined.guestToken}`;
    const login = { email: user.email, password: "correct horse battery" };
    await server.ask("POST", "/auth/login", { body: login, cookie });
    assert.equal((await ask(socket, "player:join", { playerId: user.id })).ok, true);
    await server.ask("POST", "/auth/logout", { cookie });
    await event(looker, "player:left", (it) => it.id === user.id);
    assert.equal((await ask(socket, "player:join", { playerId: user.id })).code, "reserved-id");
    socket.disconnect();
    looker.disconnect();
  });

  test("an avatar is made, merged layer by layer, and worn at the next join", async () => {
    const { token } = await server.account("Ava");
    await refused("GET", "/avatars/me", {}, 401);
    await refused("PUT", "/avatars/me", { body: { name: "A" } }, 401);
    assert.deepEqual((await server.ask("GET", "/avatars/me", { token })).body, { avatar: null });
    await refused("PUT", "/avatars/me", { body: {}, token }, 400);
    await refused("PUT", "/avatars/me", { body: { appearance: { hair: "bob" } }, token }, 400);
    await refused("PUT", "/avatars/me", { body: { name: 7 }, token }, 400);
    const first = { name: "Captain", appearance: { hair: "bob", shoes: "boots" } };
    const made = await server.ask("PUT", "/avatars/me", { body: first, token });
    assert.equal(made.status, 201);
    const unset = { hair: "bob", face: null, outfit: null, shoes: "boots" };
    assert.deepEqual(made.body.avatar.appearance, unset);
    const change = { appearance: { shoes: null, outfit: "coat" } };
    const changed = await server.ask("PUT", "/avatars/me", { body: change, token });
    assert.equal(changed.status, 200);
    const { avatar } = (await server.ask("GET", "/avatars/me", { token })).body;
    assert.deepEqual(avatar.appearance, { hair: "bob", face: null, outfit: "coat", shoes: null });
    assert.equal(avatar.name, "Captain");

    const socket = client(server);
    const metadata = { appearance: { hair: "own" } };
    const joined = await ask(socket, "player:join", { playerId: "wearer", avatarId: avatar.id, metadata });
    assert.equal(joined.player.name, "Captain", "its name is used when none came");
    assert.equal(joined.player.metadata.appearance.hair, "own", "what the payload sets stays");
    assert.equal(joined.player.metadata.appearance.outfit, "coat");
    const unknown = await ask(socket, "player:join", { playerId: "wearer", avatarId: "no-such" });
    assert.equal(unknown.ok, true);
    socket.disconnect();
  });
});

test("behind https the cookies are Secure", async () => {
  const server = await Server.start({ PUBLIC_URL: "https://world.example" });
  try {
    const body = { username: "Sia", email: "sia@example.org", password: PASSWORD };
    const made = await server.ask("POST", "/auth/register", { body });
    const set = setCookie(made.headers, "auth_token");
    assert.match(set, /^auth_token=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/);
    const opened = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
    assert.match(setCookie(opened.headers, "guest_token"), /; Secure$/);
  } finally {
    await server.stop();
  }
});

test("guessing passwords is slowed down, per account and network", async () => {
  const server = await Server.start({ TRUSTED_PROXIES: "127.0.0.1" });
  try {
    const { password } = await server.account("Target");
    const guess = (email, password, from) => {
      const headers = { "x-forwarded-for": from };
      return server.ask("POST", "/auth/login", { body: { email, password }, headers });
    };
    const statuses = [];
    while (statuses.length < 20 && !statuses.includes(429)) {
      statuses.push((await guess("target@example.org", "wrong guess", "203.0.113.9")).status);
    }
    assert.deepEqual(statuses, [...Array(10).fill(401), 429]);
    const late = await guess("target@example.org", password, "203.0.113.9");
    assert.equal(late.status, 429, "also with the right password");
    assert.ok(Number(late.headers.get("retry-after")) > 0);
    assert.deepEqual(keys(late.body), ["code", "message"]);
    assert.equal((await guess("other@example.org", "wrong guess", "203.0.113.9")).status, 401);
    const elsewhere = await guess("target@example.org", password, "198.51.100.4");
    assert.equal(elsewhere.status, 200, "whoever guesses locks nobody out who is somewhere else");
  } finally {
    await server.stop();
  }
});
