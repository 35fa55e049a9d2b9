// Settings of this computer: changed in the window, kept in readable files, broken ones kept aside.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { freePort } from "../ports.js";
import { eventually } from "./app.js";
import { opened } from "./windows.js";

/** The world stays closed, so that the start page is what one sees. */
const CLOSED = "start_server = false\n";

/** Port and host are the files' business here, not the environment's. */
const FILES_DECIDE = { SERVER_PORT: "", SERVER_HOST: "" };

test("a port that was typed in counts after a restart of the program", async () => {
  const it = await opened({ app: CLOSED, server: 'server_host = "127.0.0.1"\n', env: FILES_DECIDE });
  await it.click("This computer");
  await it.see("The number at the end of the link.");
  const wanted = await freePort();
  const field = await it.field("Port");
  await field.sendKeys(Key.chord(Key.CONTROL, "a"));
  await field.sendKeys(String(wanted));
  await it.see("1 change");
  await it.click("Save");
  await it.see("Saved. A restart of the world puts it in force.");
  assert.match(await readFile(it.file("comutiny.toml"), "utf8"), new RegExp(`^server_port = ${wanted}$`, "m"));

  await it.again();
  await it.click("Open the world");
  const { port } = await it.state("running");
  assert.equal(port, wanted);
});

test("a setting that needs a restart says so and offers it", async () => {
  const it = await opened({ server: 'server_host = "127.0.0.1"\nserver_port = 0\n', env: FILES_DECIDE });
  const { startedAt } = await it.state("running");
  await it.button("This computer");
  await it.go("computer");
  await it.see("The number at the end of the link.");
  await it.invoke("server_settings_set", { changes: { max_players: "7" } });
  await it.go("players");
  await it.go("computer");
  await it.see("The running world has other settings than these.");
  await it.click("Restart now");
  await eventually("it runs anew", async () => {
    const state = await it.invoke("host_state");
    return state.kind === "running" && state.startedAt !== startedAt;
  });
  assert.equal((await it.invoke("settings_read")).restartNeeded, false);
});

test("a port that is none is refused beside its field, and the file stays as it was", async () => {
  const it = await opened({ app: CLOSED, env: FILES_DECIDE });
  await it.state("stopped");
  await assert.rejects(
    it.invoke("server_settings_set", { changes: { server_port: "70000" } }),
    /It must be a whole number from 0 to 65535/,
  );
  assert.ok(!(await it.files()).includes("comutiny.toml"));
});

test("the language changes at once and is still there later", async () => {
  const it = await opened({ app: CLOSED });
  await it.see("Your world is closed");
  await it.invoke("app_settings_set", {
    settings: { ...(await it.invoke("settings_read")).app, language: "es" },
    autostart: false,
  });
  await it.again();
  await it.see("Tu mundo está cerrado");
  assert.match(await readFile(it.file("desktop.toml"), "utf8"), /^language = "es"$/m);
});

test("broken settings files are kept aside, reported, and mended", async () => {
  const it = await opened({ app: "theme = \n", server: "server_prot = 4000\n" });
  await it.see("Part of a settings file could not be used");
  await it.see("did you mean `server_port`?");
  const files = await it.files();
  const kept = files.filter((name) => name.includes(".broken-"));
  assert.equal(kept.length, 2, files.join());
  const texts = await Promise.all(kept.map((name) => readFile(it.file(name), "utf8")));
  assert.deepEqual(texts.sort(), ["server_prot = 4000\n", "theme = \n"]);
  await it.state("running");
  await it.click("All right");
  await it.gone("Part of a settings file could not be used");
});

test("what the environment decides cannot be changed in the window", async () => {
  const it = await opened({ app: CLOSED });
  await it.click("This computer");
  await it.see("SERVER_PORT in the environment decides it.");
  const field = await it.field("Port");
  assert.equal(await field.isEnabled(), false);
});

test("starting with the computer is an entry of the session, and no longer one", async () => {
  const it = await opened({ app: CLOSED });
  const { app: settings } = await it.invoke("settings_read");
  const entry = join(it.home, ".config", "autostart", "CoMutiNy.desktop");
  await it.invoke("app_settings_set", { settings, autostart: true });
  assert.match(await readFile(entry, "utf8"), /^Exec=".*comutiny.*" --autostart$/m);
  assert.equal((await it.invoke("settings_read")).autostart, true);
  await it.invoke("app_settings_set", { settings, autostart: false });
  await assert.rejects(readFile(entry), { code: "ENOENT" });
});
