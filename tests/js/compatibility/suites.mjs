// The test suites of the two protocols against this server, in both ways its frames travel, and against the reference
// server: `COMUTINY_SERVER_BIN=... node compatibility/suites.mjs FOLDER`. FOLDER is a checkout of socketio/socket.io, in
// which `npm ci` has run in both folders of SUITES. Prints what each server does not pass; why that is so is told in
// `server-core/docs/compatibility.md`.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Server as Reference } from "socket.io";
import { Server } from "../harness.js";

const SUITES = ["docs/engine.io-protocol/v4-test-suite", "docs/socket.io-protocol/v5-test-suite"];
/** Both servers' heartbeat, the shortest that this one takes. The suites are written for 300 and 200. */
const HEARTBEAT_MS = 1000;

/** Like a world as far as the suites can see: one namespace, a first event, no echo. */
function reference() {
  const io = new Reference(0, { pingInterval: HEARTBEAT_MS, pingTimeout: HEARTBEAT_MS, cors: { origin: "*" } });
  io.on("connection", (socket) => socket.emit("world:state", {}));
  return { port: io.httpServer.address().port, stop: () => io.close() };
}

const ours = (frames) =>
  Server.start({ DIRECT_FRAMES: frames, PING_INTERVAL_MS: `${HEARTBEAT_MS}`, PING_TIMEOUT_MS: `${HEARTBEAT_MS}` });

async function run(folder, port) {
  const suite = await readFile(join(folder, "test-suite.js"), "utf8");
  const adapted = suite
    .replace("http://localhost:3000", `http://127.0.0.1:${port}`)
    .replaceAll("/engine.io/", "/socket.io/")
    .replace("PING_INTERVAL = 300", `PING_INTERVAL = ${HEARTBEAT_MS}`)
    .replace("PING_TIMEOUT = 200", `PING_TIMEOUT = ${HEARTBEAT_MS}`)
    .replace("this.timeout(5000)", "this.timeout(9000)")
    // Before a poll is given up: on a busy machine it has not even been sent in that time.
    .replace("sleep(5)", "sleep(100)");
  await writeFile(join(folder, "adapted.js"), adapted);
  const args = ["--no-install", "mocha", "--exit", "--timeout", "4000", "--reporter", "json", "adapted.js"];
  // Ends with the number of failures, which is no error here.
  const output = await new Promise((done) => execFile("npx", args, { cwd: folder }, (_, stdout) => done(stdout)));
  return JSON.parse(output);
}

const [checkout] = process.argv.slice(2);
if (!checkout) throw new Error("Name the checkout of socketio/socket.io: node compatibility/suites.mjs FOLDER");
for (const suite of SUITES)
  for (const [name, start] of [
    ["the reference server", async () => reference()],
    ["this server", () => ours("on")],
    ["this server, DIRECT_FRAMES=off", () => ours("off")],
  ]) {
    const server = await start();
    const { stats, failures } = await run(join(checkout, suite), server.port);
    await server.stop();
    console.log(`${suite}, ${name}: ${stats.passes} of ${stats.tests}`);
    for (const { fullTitle, err } of failures) console.log(`  ${fullTitle}: ${err.message.split("\n")[0].slice(0, 100)}`);
  }
