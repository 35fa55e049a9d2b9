// The server's life as the window shows it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { eventually } from "./app.js";
import { opened } from "./windows.js";

test("the world opens with the window, closes, and opens again", async () => {
  const it = await opened();
  const { port } = await it.state("running");
  assert.ok((await fetch(`http://127.0.0.1:${port}/health`)).ok);

  await it.invoke("host_stop");
  await it.see("Your world is closed");
  await assert.rejects(fetch(`http://127.0.0.1:${port}/health`));

  await it.click("Open the world");
  const again = await it.state("running");
  assert.ok((await fetch(`${again.gateway}/health`)).ok);
  await it.gone("Your world is closed");
});

/** Host and port are the files' business here, not the environment's. */
const FILES_DECIDE = { SERVER_PORT: "", SERVER_HOST: "" };

/** Waits for the start after `before`. */
const anew = (it, before) =>
  eventually("the server runs anew", async () => {
    const state = await it.invoke("host_state");
    return state.kind === "running" && state.startedAt !== before.startedAt && state;
  });

test("the window reaches its server whatever that listens to, also after a change", async () => {
  const own = Object.values(networkInterfaces()).flat();
  const network = own.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
  const it = await opened({ server: 'server_host = "::1"\nserver_port = 0\n', env: FILES_DECIDE });
  let state = await it.state("running");
  await it.button("Players");
  for (const host of ["::", network ?? "127.0.0.1", "0.0.0.0"]) {
    await it.invoke("server_settings_set", { changes: { server_host: host } });
    await it.invoke("host_restart");
    await anew(it, state);
    state = await it.state("running");
    await it.button("Players");
    const answer = `fetch("${state.gateway}/health").then(({ ok }) => arguments[0](ok), () => arguments[0](false))`;
    assert.ok(await it.window.executeAsyncScript(answer), `reached while it listens to ${host}`);
  }
});

test("every start of the server has a token of its own", async () => {
  const it = await opened();
  const before = await it.state("running");
  const { token } = await it.invoke("desktop_open");
  const status = async (bearer) => {
    const { gateway } = await it.state("running");
    const answer = await fetch(`${gateway}/admin/users`, { headers: { authorization: `Bearer ${bearer}` } });
    return answer.status;
  };
  assert.equal(await status(token), 200);
  await it.invoke("host_restart");
  await anew(it, before);
  const next = (await it.invoke("desktop_open")).token;
  assert.notEqual(next, token);
  assert.deepEqual([await status(token), await status(next)], [401, 200]);
  await it.button("Players");
});

test("a busy port is named, and the next free one is a click away", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const busy = other.address().port;
  try {
    const it = await opened({ env: { SERVER_PORT: String(busy) } });
    const failed = await it.state("failed");
    assert.equal(failed.busyPort, busy);
    await it.see(`Port ${busy} is taken by another program.`);
    await it.click(`Start on ${failed.freePort}`);
    const { port } = await it.state("running");
    assert.equal(port, failed.freePort);
  } finally {
    other.close();
  }
});

test("a wrong setting in the environment is said and nothing hangs", async () => {
  const it = await opened({ env: { SERVER_PORT: "many" } });
  await it.state("failed");
  await it.see("SERVER_PORT must be a whole number from 0 to 65535");
  await it.see("Try again");
});

test("SIGTERM ends the program in order", async () => {
  const it = await opened();
  await it.state("running");
  process.kill(it.process, "SIGTERM");
  await it.ended();
  assert.match(await it.log(), /closing how=Drain[\s\S]*closed/);
});
