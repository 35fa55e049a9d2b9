// Figures about a server under stress, measured by official clients: node figures.js [name ...]
//
// No test: it judges nothing. It starts a server of its own for each figure (COMUTINY_SERVER_BIN, best
// a release build), talks to loopback only and ends by itself within a few minutes.

import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect as dial } from "node:net";
import { cpus, loadavg } from "node:os";
import { Worker } from "node:worker_threads";
import { Server, ask, client, event } from "./harness.js";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rss = (server) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]);
const descriptors = (server) => readdirSync(`/proc/${server.child.pid}/fd`).length;
const quantile = (values, q) => values[Math.min(values.length - 1, Math.floor(values.length * q))];

function spread(times) {
  times.sort((a, b) => a - b);
  const [p50, p99, max] = [0.5, 0.99, 1].map((q) => quantile(times, q).toFixed(1));
  return `p50 ${p50}, p99 ${p99}, max ${max} ms over ${times.length}`;
}

async function timed(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Runs `action(0)` to `action(total - 1)`, at most `width` at once. */
async function each(total, width, action) {
  let next = 0;
  const worker = async () => {
    while (next < total) await action(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function looksOn(server, transport) {
  const socket = client(server, { transports: [transport] });
  await event(socket, "world:state");
  return socket;
}

async function joined(server, playerId) {
  const socket = client(server, { transports: ["websocket"] });
  await ask(socket, "player:join", { playerId });
  return socket;
}

const ended = (socket) =>
  new Promise((resolve) => {
    socket.on("disconnect", resolve);
    socket.disconnect();
  });

const figures = {
  async memory(server) {
    const total = 1000;
    await ended(await looksOn(server, "websocket"));
    const before = rss(server);
    const sockets = [];
    await each(total, 50, async () => sockets.push(await looksOn(server, "websocket")));
    await pause(30_000);
    const idle = rss(server);
    await each(total, 20, (number) => ask(sockets[number], "player:join", { playerId: `p${number}` }));
    await pause(30_000);
    const per = (now) => `${((now - before) / total).toFixed(1)} kB`;
    return `per connection of ${total} after 30 s of quiet: looking on ${per(idle)}, joined ${per(rss(server))}`;
  },

  async churn(server) {
    const round = async (from, to) =>
      each(to - from, 50, async (number) => ended(await looksOn(server, number % 2 ? "websocket" : "polling")));
    const settled = async () => {
      for (let tries = 0; tries < 100 && descriptors(server) > open; tries++) await pause(200);
      return rss(server);
    };
    const open = descriptors(server);
    await round(0, 1000);
    const first = await settled();
    await round(1000, 10_000);
    const last = await settled();
    const mb = ((last - first) / 1024).toFixed(1);
    return `10 000 connects over both transports: descriptors ${open} before, ${descriptors(server)} after; memory ${mb} MB above its value after the first 1000`;
  },

  async "half-open"(server) {
    const sockets = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const socket = dial(server.port, "127.0.0.1");
        socket.on("error", () => {});
        await new Promise((resolve) => socket.once("connect", resolve));
        socket.write("GET /health HTTP/1.1\r\nHost: local");
        return socket;
      }),
    );
    const times = [];
    for (let number = 0; number < 300; number++) times.push(await timed(() => server.ask("GET", "/health")));
    for (const socket of sockets) socket.destroy();
    return `/health beside 500 half-open requests: ${spread(times)}`;
  },

  async logins(server) {
    const players = await Promise.all(Array.from({ length: 10 }, (_, number) => joined(server, `p${number}`)));
    await server.account("victim");
    const times = [];
    let statuses;
    let over = false;
    const playing = Promise.all(
      players.map(async (socket, number) => {
        for (let x = 0; !over; x++) {
          times.push(await timed(() => ask(socket, "player:update", { position: { x: x + number } })));
          await pause(50);
        }
      }),
    );
    const took = await timed(async () => {
      // Beside this process, whose own work would show in the times.
      const flood = new Worker(new URL("./wrong-logins.js", import.meta.url), { workerData: server.url });
      [statuses] = await once(flood, "message");
    });
    over = true;
    await playing;
    return `acks of updates beside 1000 wrong logins (${JSON.stringify(statuses)} in ${(took / 1000).toFixed(1)} s): ${spread(times)}`;
  },

  async stalled(server) {
    const movers = await Promise.all(Array.from({ length: 50 }, (_, number) => joined(server, `m${number}`)));
    const reader = await looksOn(server, "websocket");
    const times = [];
    reader.on("player:updated", ({ metadata }) => times.push(performance.now() - metadata.sent));
    const stalled = await looksOn(server, "websocket");
    const start = performance.now();
    stalled.io.engine.transport.ws._socket.pause();
    let gone;
    const moving = setInterval(() => {
      for (const socket of movers) {
        socket.emit("player:update", { metadata: { sent: performance.now(), padding: "x".repeat(1000) } });
      }
    }, 50);
    for (let tries = 0; tries < 60 && gone === undefined; tries++) {
      await pause(500);
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      if (/slow_consumers?\w* [1-9]/.test(metrics)) gone = performance.now() - start;
    }
    clearInterval(moving);
    const end = gone === undefined ? "never" : `after ${(gone / 1000).toFixed(1)} s`;
    return `a client that reads nothing is gone ${end}; fan-out to another one meanwhile: ${spread(times)}`;
  },

  async burst(server) {
    const [loud, other] = await Promise.all([joined(server, "loud"), joined(server, "other")]);
    for (let x = 0; x < 5000; x++) loud.emit("player:update", { position: { x } });
    const times = [];
    for (let x = 0; x < 50; x++) times.push(await timed(() => ask(other, "player:update", { position: { x } })));
    return `another client's acks beside 5000 events at once: ${spread(times)}`;
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in figures));
if (unknown) throw new Error(`No figure ${unknown}. There are: ${Object.keys(figures).join(", ")}`);
console.log(`${cpus()[0].model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
for (const name of wanted.length ? wanted : Object.keys(figures)) {
  const server = await Server.start();
  console.log(`${name}: ${await figures[name](server)}`);
  await server.stop();
}
process.exit(0);
