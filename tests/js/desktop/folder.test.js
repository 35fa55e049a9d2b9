// The world's folder: kept safe from backups, moved as a whole, and missing without harm.

import assert from "node:assert/strict";
import { access, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ask, event, player } from "../harness.js";
import { eventually } from "./app.js";
import { closing, opened } from "./windows.js";

const DATABASE = "comutiny.sqlite";

const isThere = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Says a line in the world that runs. */
async function say(it, content) {
  const socket = await player(await it.server(), "ada");
  closing(socket);
  assert.ok((await ask(socket, "chat:message", { content })).ok);
  socket.close();
}

/** What was said in the world that runs, as a newcomer sees it. */
async function said(it) {
  const socket = await player(await it.server(), "bo");
  closing(socket);
  const { chat } = await event(socket, "world:state");
  socket.close();
  return chat.map(({ content }) => content);
}

async function running(options) {
  const it = await opened(options);
  await it.state("running");
  return it;
}

test("a backup onto the world itself is refused under each of its names, and nothing is lost", async () => {
  const it = await running();
  await say(it, "keep me");
  await symlink(it.file(DATABASE), join(it.home, "yesterday.sqlite"));
  for (const name of [it.file(DATABASE), it.file(`${DATABASE}-wal`), join(it.home, "yesterday.sqlite")]) {
    await it.answer(name);
    await assert.rejects(it.invoke("backup_save"), /the world itself/, name);
  }
  await it.answer(it.file(DATABASE));
  await assert.rejects(it.invoke("diagnostics_save"), /the world itself/);
  await it.again();
  await it.state("running");
  assert.ok((await said(it)).includes("keep me"));
});

test("a backup tells what is inside and takes the place of yesterday's", async () => {
  const it = await running();
  await say(it, "one line");
  await it.go("computer");
  const file = join(it.home, "backup.sqlite");
  for (const line of ["another line", "a third one"]) {
    await it.answer(file);
    await it.click("Back up");
    await it.see("Saved in");
    await it.gone("Saved in");
    await say(it, line);
  }
  assert.match(await readFile(file, "latin1"), /another line/);
});

test("the world moves to another folder as it is, and the old one is kept", async () => {
  const it = await running({ usual: true });
  await say(it, "packed and moved");
  const target = join(it.home, "disk", "harbour");
  await mkdir(target, { recursive: true });
  await it.go("computer");
  await it.answer(target, "yes");
  await it.click("Move the world");
  await it.see("The old folder is kept.");
  await it.state("running");
  assert.ok((await said(it)).includes("packed and moved"));
  assert.equal((await it.invoke("settings_read")).dataDir, target);
  assert.ok(await isThere(it.file(DATABASE)));
  assert.ok(await isThere(join(target, "jwt_secret")));
  await it.again();
  await it.state("running");
  assert.ok((await said(it)).includes("packed and moved"));
});

test("who calls a move off, or names the same folder, stays where they are", async () => {
  const it = await running({ usual: true });
  const target = join(it.home, "elsewhere");
  await mkdir(target);
  await it.answer(target, "");
  assert.equal(await it.invoke("data_folder_move"), null);
  await symlink(it.dataDir, join(it.home, "same"));
  await it.answer(join(it.home, "same"));
  await assert.rejects(it.invoke("data_folder_move"), /lies there already/);
  await it.state("running");
  assert.equal(await isThere(join(target, DATABASE)), false);
});

test("a folder on a disk that is away is said, nothing is made in its place, and another can be chosen", async () => {
  const it = await opened({
    usual: true,
    app: (home) => `data_dir = "${home}/unplugged/world"\n`,
  });
  await it.state("failed");
  await it.see("unplugged/world is not there");
  assert.equal(await isThere(join(it.home, "unplugged")), false);

  const other = join(it.home, "other");
  await mkdir(other);
  await it.answer(other, "yes");
  await it.click("Choose another folder");
  await it.state("running");
  assert.ok(await isThere(join(other, DATABASE)));
});

test("a folder that comes back is used again", async () => {
  const it = await opened({ usual: true, app: (home) => `data_dir = "${home}/later"\n` });
  await it.see("is not there");
  const first = await opened();
  await first.state("running");
  await first.answer(join(it.home, "saved.sqlite"));
  await first.invoke("backup_save");
  await mkdir(join(it.home, "later"));
  await writeFile(join(it.home, "later", DATABASE), await readFile(join(it.home, "saved.sqlite")));
  await it.click("Try again");
  await it.state("running");
});

test("a folder that cannot be made opens a page with the reason", async () => {
  const it = await opened({ env: { DATA_DIR: "/proc/no-such-world" } });
  await it.state("failed");
  await it.see("/proc/no-such-world");
  await it.button("Try again");
});

test("place and cache of the window leave the world's folder, those of earlier versions included", async () => {
  const it = await running({
    before: async (it) => {
      await mkdir(it.file("window"));
      await writeFile(it.file("window/place.json"), "{}");
    },
  });
  await eventually("the old place is gone", async () => !(await isThere(it.file("window"))));
});

test("a wrong key costs that key alone", async () => {
  const it = await running({
    app: 'close_to_trai = false\nlanguage = "es"\ntheme = "pink"\nkeep_awake = false\n',
    server: 'server_prot = 1\nmax_players = 12\nmax_name_length = "many"\n',
  });
  const { app, server } = await it.invoke("settings_read");
  assert.deepEqual([app.language, app.theme, app.keep_awake], ["es", "system", false]);
  assert.equal(server.find(({ key }) => key === "max_players").value, "12");
  const kept = (await it.files()).filter((name) => name.includes(".broken-"));
  assert.equal(kept.length, 2, kept.join());
  assert.match(await readFile(it.file("comutiny.toml"), "utf8"), /^max_players = 12$/m);
});

test("a text that looks like a number stays a text", async () => {
  const it = await opened({ app: "start_server = false\n" });
  const wrong = await it.invoke("server_settings_set", { changes: { redis_password: "0042", max_players: "42" } });
  assert.equal(wrong, null);
  const text = await readFile(it.file("comutiny.toml"), "utf8");
  assert.match(text, /^redis_password = "0042"$/m);
  assert.match(text, /^max_players = 42$/m);
});
