// What only a desktop program can do: files through dialogs of the system, backups, diagnostics.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { ask, event, player } from "../harness.js";
import { eventually } from "./app.js";
import { closing, opened } from "./windows.js";

async function app(options) {
  const it = await opened(options);
  await it.state("running");
  return it;
}

test("a page saves a file where the dialog says", async () => {
  const it = await app();
  const target = join(it.home, "chat.csv");
  await it.answer(target);
  const saved = await it.window.executeAsyncScript(
    `const done = arguments[0];
     window.__TAURI_INTERNALS__.invoke("file_save", new TextEncoder().encode("a,ñ\\n"), { headers: { "x-file-name": "chat.csv" } })
       .then(done, (error) => done(String(error)));`,
  );
  assert.equal(saved, true);
  assert.equal(await readFile(target, "utf8"), "a,ñ\n");
});

test("the log is exported through the dialog", async () => {
  const it = await app();
  const target = join(it.home, "log.txt");
  await it.answer(target);
  await it.button("Logs");
  await it.go("logs");
  await it.see("serving");
  await it.click("Export");
  await eventually("the log is saved", async () => (await readFile(target, "utf8")).includes("serving"));
});

test("a picture is picked with its name and its bytes", async () => {
  const it = await app();
  const picture = new URL("../../../icons/32x32.png", import.meta.url);
  await it.answer(picture.pathname);
  const picked = await it.invoke("file_pick", { accept: "image/png" });
  assert.equal(picked.name, "32x32.png");
  assert.deepEqual(Buffer.from(picked.content, "base64"), await readFile(picture));
});

test("who changes their mind gets no file and no complaint", async () => {
  const it = await app();
  await it.answer("");
  assert.equal(await it.invoke("diagnostics_save"), false);
});

test("a place that cannot be written is said", async () => {
  const it = await app();
  await it.answer("/proc/no/such/place.txt");
  await assert.rejects(it.invoke("diagnostics_save"), /could not be written/);
});

test("diagnostics tell much and no secret", async () => {
  const secret = "0f9a7c51d3e84b26a-of-this-test";
  const it = await app({ server: `jwt_secret = "${secret}"\n` });
  const target = join(it.home, "diagnostics.txt");
  await it.answer(target);
  assert.equal(await it.invoke("diagnostics_save"), true);
  const text = await readFile(target, "utf8");
  for (const part of ["CoMutiNy", "Memory:", "SERVER_PORT = 0", "serving"]) assert.ok(text.includes(part), part);
  const { token } = await it.invoke("desktop_open");
  for (const hidden of [secret, token, it.home]) assert.ok(!text.includes(hidden), hidden);
});

test("a world is backed up while it runs, and restored", async () => {
  const it = await app();
  const server = await it.server();
  const ada = await player(server, "ada");
  closing(ada);
  await ask(ada, "chat:message", { content: "before the backup" });
  const backup = join(it.home, "backup.sqlite");
  await it.answer(backup);
  const { file, contents } = await it.invoke("backup_save");
  assert.equal(file, backup);
  await ask(ada, "chat:message", { content: "after the backup" });

  await copyFile(backup, join(it.home, "kept.sqlite"));
  await it.answer(join(it.home, "kept.sqlite"), "yes");
  assert.deepEqual(await it.invoke("backup_restore"), contents);
  const bo = await player(await it.server(), "bo");
  closing(bo);
  const { chat } = await event(bo, "world:state");
  const said = chat.map(({ content }) => content);
  assert.ok(said.includes("before the backup"), said.join());
  assert.ok(!said.includes("after the backup"), said.join());
});

test("the system's own dialog saves where a person types", async () => {
  const it = await app({ env: { COMUTINY_DIALOG_ANSWERS: undefined } });
  const target = join(it.home, "typed.txt");
  // The call ends when the dialog does, so it is not waited for here.
  await it.window.executeScript(
    `window.saved = window.__TAURI_INTERNALS__.invoke("diagnostics_save").catch(String);`,
  );
  const screen = (...args) => promisify(execFile)("xdotool", args, { env: it.environment() });
  await screen("search", "--sync", "--onlyvisible", "--name", "^Save diagnostics$", "windowfocus", "--sync");
  await screen("key", "ctrl+a");
  await screen("type", target);
  await screen("key", "Return");
  const saved = await it.window.executeAsyncScript("const done = arguments[0]; window.saved.then(done)");
  assert.equal(saved, true);
  assert.match(await readFile(target, "utf8"), /^CoMutiNy/);
});

test("a file that is no backup replaces nothing", async () => {
  const it = await app();
  await it.answer(it.file("jwt_secret"), "yes");
  await assert.rejects(it.invoke("backup_restore"), /was not restored/);
  await it.state("running");
});
