// Somebody installs the client package and runs what its README and its examples show.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { launch } from "./browser.js";
import { botOfReadme, EXAMPLES, installed } from "./client-package.js";
import { client, event, player, Server } from "./harness.js";

let server;
let place;
const programs = [];
const sockets = [];
before(async () => {
  [server, place] = await Promise.all([Server.start(), installed()]);
});
after(async () => {
  for (const socket of sockets) socket.disconnect();
  for (const program of programs) program.kill();
  await Promise.all([server.stop(), place.remove()]);
});

/** Runs a program of the folder; `line` waits for the next one it prints. */
function start(...args) {
  const program = spawn(process.execPath, args, { cwd: place.folder, stdio: ["ignore", "pipe", "inherit"] });
  programs.push(program);
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  return { program, line: async () => (await lines.next()).value };
}

async function looker() {
  const socket = client(server);
  sockets.push(socket);
  await event(socket, "world:state");
  return socket;
}

async function guest(id) {
  const socket = await player(server, id);
  sockets.push(socket);
  return socket;
}

/** Ends a bot, and waits until nobody sees it any more. */
async function end({ program }, watcher, id) {
  program.kill();
  await event(watcher, "player:left", (it) => it.id === id);
}

test("the bot of the README, in twenty lines at most", async () => {
  const watcher = await looker();
  const { name, program } = await botOfReadme(server.url);
  assert.ok(program.trim().split("\n").length <= 20);
  await writeFile(join(place.folder, name), program);
  const bot = start(name);
  const { id } = await event(watcher, "player:joined", (it) => it.name === "Greeter");
  const ada = await guest("ada");
  await event(ada, "chat:message", (it) => it.content === "Welcome, ada!");
  await end(bot, watcher, id);
});

test("an example greets who comes in", async () => {
  const watcher = await looker();
  const bot = start(`${EXAMPLES}/greeter.js`, server.url);
  assert.equal(await bot.line(), "Greeter waits for somebody to come in.");
  const { id } = await event(watcher, "player:joined", (it) => it.name === "Greeter");
  const bo = await guest("bo");
  await event(bo, "chat:message", (it) => it.content === "Welcome, bo!");
  await end(bot, watcher, id);
});

test("an example walks around and leaves", async () => {
  const watcher = await looker();
  const walker = start(`${EXAMPLES}/walker.js`, server.url);
  const { id } = await event(watcher, "player:joined", (it) => it.name === "Walker");
  const stands = (x, z) => event(watcher, "player:updated", (it) => it.id === id && it.position.x === x && it.position.z === z);
  await stands(2, 2);
  assert.equal(await walker.line(), "Back at 0/0.");
  await event(watcher, "player:left", (it) => it.id === id);
  assert.equal((await once(walker.program, "exit"))[0], 0);
});

test("an example is a page that counts", async () => {
  const bundled = await build({
    entryPoints: [join(place.folder, EXAMPLES, "dashboard.js")],
    bundle: true,
    format: "esm",
    write: false,
  });
  const files = {
    "/dashboard.bundle.js": ["text/javascript", bundled.outputFiles[0].text],
    "/dashboard.html": ["text/html", await readFile(join(place.folder, EXAMPLES, "dashboard.html"), "utf8")],
  };
  const pages = createServer(({ url }, answer) => {
    const [type, text] = files[url.split("?")[0]] ?? ["text/plain", ""];
    answer.setHeader("content-type", type).end(text);
  }).listen(0, "127.0.0.1");
  await once(pages, "listening");
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${pages.address().port}/dashboard.html?${server.url}`);
    const shows = (id, text) => page.locator(`#${id}`).filter({ hasText: new RegExp(`^${text}$`) }).waitFor();
    await shows("world", "Lantern harbour");
    const people = Number(await page.locator("#people").innerText());
    const cleo = await guest("cleo");
    await shows("people", people + 1);
    const answer = await cleo.timeout(10_000).emitWithAck("chat:message", { content: "hello" });
    assert.ok(answer.ok, answer.message);
    await shows("lines", 1);
    await server.restart("SIGTERM");
    await shows("people", 0);
  } finally {
    await browser.close();
    pages.close();
  }
});

test("packages carry the licence of the repository", async () => {
  const licence = await readFile(new URL("../../LICENSE", import.meta.url), "utf8");
  assert.equal(await readFile(join(place.folder, "node_modules/@comutiny/client/LICENSE"), "utf8"), licence);
  const python = new URL("../../server-core/clients/python/LICENSE", import.meta.url);
  assert.equal(await readFile(python, "utf8"), licence);
});

test("a program that compiles against the package has its types", async () => {
  await writeFile(
    join(place.folder, "typed.mts"),
    `import { enterWorld, type Player, PROTOCOL } from "@comutiny/client";
     import type { ServerEvents } from "@comutiny/client/declarations";
     import { HARBOUR } from "@comutiny/client/maps";
     const bot = await enterWorld("", { position: { x: 1 } });
     const names: string[] = [...bot.mirror.players.values()].map((it: Player) => it.name);
     bot.on("chat", ({ message }) => names.push(message.author));
     export const left: ServerEvents["player:left"] = { id: names[0] ?? HARBOUR.id + PROTOCOL };
     // @ts-expect-error there is no such event
     bot.on("nothing", () => {});\n`,
  );
  const compiler = join(import.meta.dirname, "../../ui/node_modules/.bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", ""];
  const { stdout } = await promisify(execFile)(compiler, [...options, "typed.mts"], { cwd: place.folder }).catch((it) => it);
  assert.equal(stdout, "");
});
