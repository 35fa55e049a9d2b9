// People in a world that the window hosts.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { ask, client, event, player } from "../harness.js";
import { eventually } from "./app.js";
import { closing, opened } from "./windows.js";

/** A window whose administration is there. */
async function app(options) {
  const it = await opened(options);
  await it.state("running");
  await it.button("Players");
  return it;
}

/** A client that this file closes. */
async function join(server, id, options) {
  const socket = await player(server, id, options);
  closing(socket);
  return socket;
}

test("the invite page shows the link to read out", async () => {
  const it = await app({ env: { SERVER_HOST: "0.0.0.0" } });
  const { port } = await it.state("running");
  await it.go("invite");
  await it.see(`localhost:${port}`);
  const own = Object.values(networkInterfaces()).flat();
  const shown = (await it.text()).match(/http:\/\/[\d.]+(?=:\d)/g) ?? [];
  for (const link of shown) {
    const address = link.slice("http://".length);
    assert.ok(own.some((it) => it.address === address && !it.internal), `${link} is an address of this machine`);
  }
});

test("who is alone lets the network in with one button", async () => {
  const it = await app({
    server: 'server_host = "127.0.0.1"\nserver_port = 0\n',
    env: { SERVER_HOST: "", SERVER_PORT: "" },
  });
  await it.go("invite");
  await it.see("The world is open to this computer only.");
  await it.click("Let the network in");
  await it.gone("The world is open to this computer only.");
  await eventually("it listens to every address", async () => {
    const { server } = await it.invoke("settings_read");
    return server.find(({ key }) => key === "server_host").value === "::";
  });
  assert.doesNotMatch(await readFile(it.file("comutiny.toml"), "utf8"), /server_host/);
});

test("a player who joins appears, is kicked with a reason, and is told", async () => {
  const it = await app();
  const server = await it.server();
  const ada = await join(server, "ada");
  const told = event(ada, "session:terminated");
  await it.go("players");
  await it.see("ada");
  await it.press(`//*[@role="row" or self::tr][contains(., "ada")]`);
  await it.click("Kick");
  const reason = await it.field("Reason");
  await reason.sendKeys("Too loud", Key.ENTER);
  assert.deepEqual(await told.then(({ code, reason }) => ({ code, reason })), {
    code: "kicked",
    reason: "Too loud",
  });
  await it.see("ada was kicked.");
});

test("after a restart from the window, clients are back by themselves", async () => {
  const it = await app();
  const server = await it.server();
  const ada = await join(server, "ada", { reconnection: true, reconnectionDelay: 100, reconnectionDelayMax: 300 });
  const first = (await it.state("running")).startedAt;
  const gone = once(ada, "disconnect");
  await it.invoke("app_settings_set", {
    settings: (await it.invoke("settings_read")).app,
    autostart: false,
  });
  // The same port, so that the client finds it again.
  await it.invoke("host_start", { port: server.port });
  await it.invoke("host_restart");
  await gone;
  await eventually("the server runs anew", async () => {
    const state = await it.invoke("host_state");
    return state.kind === "running" && state.startedAt !== first && state.port === server.port;
  });
  await eventually("the client is back", () => ada.connected);
  assert.ok((await ask(ada, "player:join", { playerId: "ada" })).ok);
});

test("quitting with players asks once, and tells them", async () => {
  const it = await app();
  const server = await it.server();
  const ada = await join(server, "ada");

  await it.answer("");
  await it.invoke("quit");
  await eventually("the question was answered with no", async () =>
    (await it.log()).includes("a dialog was answered by script"),
  );
  assert.equal((await it.invoke("host_state")).kind, "running");
  assert.ok(ada.connected);

  await it.answer("yes");
  const told = event(ada, "session:terminated");
  await it.invoke("quit").catch(() => {});
  assert.equal((await told).code, "shutdown");
  await it.ended();
});

test("quitting an empty world asks nothing", async () => {
  const it = await app();
  await it.invoke("quit").catch(() => {});
  await it.ended();
  assert.ok(!(await it.log()).includes("a dialog was answered"));
});

test("a second start ends and shows the window of the first", async () => {
  const it = await app();
  const before = await it.state("running");
  const second = spawn(process.env.COMUTINY_DESKTOP_BIN, { env: it.environment(), stdio: "ignore" });
  const [code] = await once(second, "exit");
  assert.equal(code, 0);
  assert.deepEqual(await it.invoke("host_state"), before);
  assert.ok((await it.log()).includes("the program was started again"));
});

test("nobody but the window is the host", async () => {
  const it = await app();
  const server = await it.server();
  const stranger = client({ url: `${server.url}/admin` }, { auth: { token: "made up" } });
  closing(stranger);
  const [refused] = await once(stranger, "connect_error");
  assert.match(refused.message, /administration/);
  assert.equal((await fetch(`${server.url}/admin/users`)).status, 401);
});
