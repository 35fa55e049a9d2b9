// The server's life as the window shows it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
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
