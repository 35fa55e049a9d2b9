// Who a connection is and from where it may come: cookies and origins, on REST and on Socket.IO.

import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { ask, client, event, sendBack, Server, setCookie } from "./harness.js";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const GUEST = /^guest_token=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/;

/** Asks for a websocket and resolves to the answer's status and headers. */
function upgrade(server, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.get({
      host: "127.0.0.1",
      port: server.port,
      path: "/socket.io/?EIO=4&transport=websocket",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers,
      },
    });
    const settle = (answer) => {
      const cookies = answer.headers["set-cookie"] ?? [];
      resolve({ status: answer.statusCode, guest: cookies.find((it) => it.startsWith("guest_token=")) });
    };
    request.on("response", (answer) => settle(answer.resume()));
    request.on("upgrade", (answer, socket) => {
      socket.destroy();
      settle(answer);
    });
    request.on("error", reject);
  });
}

async function poll(server, headers = {}) {
  const answer = await fetch(server.url + POLLING, { headers });
  await answer.text();
  return { status: answer.status, guest: setCookie(answer.headers, "guest_token") };
}

describe("the guest secret of a browser", () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.stop());

  for (const [name, handshake, opened] of [
    ["polling", poll, 200],
    ["websocket", upgrade, 101],
  ]) {
    test(`${name} sets the cookie once, and again only for a forged one`, async () => {
      const first = await handshake(server);
      assert.equal(first.status, opened);
      assert.match(first.guest, GUEST);
      const shown = await handshake(server, { cookie: `theme=dark; ${sendBack(first.guest)}` });
      assert.deepEqual(shown, { status: opened, guest: undefined });
      const forged = await handshake(server, { cookie: "guest_token=abc.def" });
      assert.match(forged.guest, GUEST);
    });
  }

  for (const transport of ["polling", "websocket"]) {
    test(`whoever shows it on ${transport} takes the player over, and reads it nowhere`, async () => {
      const { guest } = await poll(server);
      const options = { transports: [transport], extraHeaders: { cookie: sendBack(guest) } };
      const playerId = `heir-${transport}`;
      const [first, second] = [client(server, options), client(server, options)];
      try {
        const joined = await ask(first, "player:join", { playerId });
        assert.equal(joined.ok, true, joined.message);
        assert.equal("guestToken" in joined, false, "scripts must not learn what the HttpOnly cookie holds");
        assert.equal((await ask(second, "player:join", { playerId })).ok, true);
        assert.equal((await event(first, "session:terminated")).code, "duplicate");
      } finally {
        first.disconnect();
        second.disconnect();
      }
    });
  }

  test("a forged login counts as none", async () => {
    const socket = client(server, { auth: { token: "a.b.c", guestToken: "nonsense", features: ["future", 7] } });
    try {
      assert.equal((await ask(socket, "player:join", { playerId: "plain-guest" })).ok, true);
    } finally {
      socket.disconnect();
    }
  });
});

describe("an account's socket", () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.stop());

  for (const [name, proof] of [
    ["auth.token", (token) => ({ auth: { token } })],
    ["a bearer header", (token) => ({ extraHeaders: { authorization: `Bearer ${token}` } })],
    ["the cookie", (token) => ({ extraHeaders: { cookie: `auth_token=${token}` } })],
  ]) {
    test(`${name} makes a socket that account's, under its own id only`, async () => {
      const account = await server.account(`owner-${name.replaceAll(/\W/g, "")}`);
      const own = client(server, proof(account.token));
      const guest = client(server);
      try {
        assert.equal((await ask(guest, "player:join", { playerId: account.user.id.toUpperCase() })).code, "reserved-id");
        const other = await ask(own, "player:join", { playerId: "somebody-else" });
        assert.equal(other.ok, false);
        const joined = await ask(own, "player:join", { playerId: account.user.id });
        assert.equal(joined.ok, true, joined.message);
        assert.equal("guestToken" in joined, false);
      } finally {
        own.disconnect();
        guest.disconnect();
      }
    });
  }

  test("a newer login ends the older one", async () => {
    const { token, user } = await server.account("twice");
    const sockets = [1, 2].map(() => client(server, { auth: { token } }));
    try {
      for (const socket of sockets) await ask(socket, "player:join", { playerId: user.id });
      assert.equal((await event(sockets[0], "session:terminated")).code, "duplicate");
    } finally {
      for (const socket of sockets) socket.disconnect();
    }
  });
});

const LISTED = "https://game.example";
const FOREIGN = "https://evil.example";

for (const [cors, rows] of Object.entries({
  "*": [
    [undefined, { allow: "*", credentials: null }],
    [FOREIGN, { allow: "*", credentials: null }],
  ],
  [`https://other.example, ${LISTED}`]: [
    [undefined, { allow: null, credentials: null }],
    [LISTED, { allow: LISTED, credentials: "true" }],
    [FOREIGN, { allow: null, credentials: null }],
    ["null", { allow: null, credentials: null }],
    [`${LISTED}.evil.example`, { allow: null, credentials: null }],
  ],
})) {
  describe(`CORS_ORIGIN=${cors}`, () => {
    let server;
    before(async () => {
      server = await Server.start({ CORS_ORIGIN: cors });
    });
    after(() => server.stop());

    // Under * a page elsewhere reads nothing of accounts and administration.
    const closed = (expected) => (cors === "*" ? { allow: null, credentials: null } : expected);
    const check = async (path, origin, expected, init = {}) => {
      const headers = { ...init.headers, ...(origin ? { origin } : {}) };
      const answer = await fetch(server.url + path, { ...init, headers });
      await answer.text();
      const found = {
        allow: answer.headers.get("access-control-allow-origin"),
        credentials: answer.headers.get("access-control-allow-credentials"),
      };
      assert.deepEqual(found, expected, `${init.method ?? "GET"} ${path} from ${origin}`);
      if (cors !== "*") assert.match(answer.headers.get("vary") ?? "", /\borigin\b/i);
      return answer;
    };

    test("REST, errors, handshakes and preflights say the same", async () => {
      for (const [origin, expected] of rows) {
        for (const path of ["/health", "/nothing", POLLING]) await check(path, origin, expected);
        await check("/auth/me", origin, closed(expected));
        if (!origin) continue;
        for (const path of ["/avatars/me", POLLING]) {
          const headers = {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
          };
          const preflight = await check(path, origin, expected, { method: "OPTIONS", headers });
          assert.equal(preflight.status, 204);
          const methods = preflight.headers.get("access-control-allow-methods");
          assert.equal(methods !== null, expected.allow !== null, `methods for ${origin}`);
          if (methods) assert.match(methods, /\bPOST\b/);
        }
        const headers = { "access-control-request-method": "POST" };
        await check("/auth/login", origin, closed(expected), { method: "OPTIONS", headers });
      }
    });

    test("a websocket from elsewhere is refused when origins are listed", async () => {
      assert.equal((await upgrade(server)).status, 101);
      assert.equal((await upgrade(server, { origin: `http://127.0.0.1:${server.port}` })).status, 101, "our own page");
      assert.equal((await upgrade(server, { origin: FOREIGN })).status, cors === "*" ? 101 : 403);
      if (cors !== "*") assert.equal((await upgrade(server, { origin: LISTED })).status, 101);
    });

    test("cookies that come with a foreign origin are ignored, and none are set", async () => {
      assert.equal((await poll(server, { origin: FOREIGN })).guest, undefined);
      const account = await server.account("victim");
      const cookie = `auth_token=${account.token}`;
      const transports = ["polling"];
      const hijacker = client(server, { transports, extraHeaders: { cookie, origin: FOREIGN } });
      const owner = client(server, { transports, extraHeaders: { cookie, origin: server.url } });
      try {
        const answer = await ask(hijacker, "player:join", { playerId: account.user.id });
        assert.equal(answer.code, "reserved-id");
        assert.equal((await ask(owner, "player:join", { playerId: account.user.id })).ok, true);
      } finally {
        hijacker.disconnect();
        owner.disconnect();
      }
    });

    if (cors !== "*") {
      test("a page of a listed origin keeps its cookies, withCredentials", async () => {
        const { guest } = await poll(server, { origin: LISTED });
        assert.match(guest, GUEST);
        const extraHeaders = { origin: LISTED, cookie: sendBack(guest) };
        const socket = client(server, { withCredentials: true, extraHeaders });
        try {
          const joined = await ask(socket, "player:join", { playerId: "from-the-list" });
          assert.equal(joined.ok, true, joined.message);
          assert.equal("guestToken" in joined, false);
        } finally {
          socket.disconnect();
        }
      });
    }
  });
}
