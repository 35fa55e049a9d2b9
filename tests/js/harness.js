// Starts the real server on a free port with its own data directory, and official clients of it.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { io } from "socket.io-client";

const BIN = serverBinary();
const OPEN = /This computer\s+http:\/\/localhost:(\d+)\//;

/** The program under test; a sentence when there is none. */
function serverBinary() {
  const built = (profile) => fileURLToPath(new URL(`../../target/${profile}/comutiny-server`, import.meta.url));
  const given = process.env.COMUTINY_SERVER_BIN;
  const places = given ? [resolve(given)] : [built("debug"), built("release")];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`No server at ${places.join(" or ")}. Run: cargo build -p server-core`);
  return found;
}

// A test that is ended early must not leave a server behind.
const servers = new Set();
process.on("exit", () => {
  for (const server of servers) {
    server.child?.kill("SIGKILL");
    rmSync(server.dataDir, { recursive: true, force: true });
  }
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** A running server. `stop` is safe to call twice; `restart` keeps port and data. */
export class Server {
  static async start(env = {}) {
    const dataDir = await mkdtemp(join(tmpdir(), "comutiny-"));
    const server = new Server(dataDir, env);
    await server.open(0);
    return server;
  }

  constructor(dataDir, env) {
    this.dataDir = dataDir;
    this.env = env;
    servers.add(this);
  }

  async open(port) {
    this.child = spawn(BIN, ["serve", "--host", "127.0.0.1", "--port", String(port)], {
      env: { PATH: process.env.PATH, DATA_DIR: this.dataDir, LOG: "warn", ...this.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exited = once(this.child, "exit");
    let output = "";
    this.port = await new Promise((resolve, reject) => {
      const read = (chunk) => {
        output += chunk;
        const found = OPEN.exec(output);
        if (found) resolve(Number(found[1]));
      };
      this.child.stdout.on("data", read);
      this.child.stderr.on("data", read);
      this.exited.then(() => reject(new Error(`the server ended:\n${output}`)));
    });
    this.url = `http://localhost:${this.port}`;
    this.output = () => output;
  }

  async end(signal) {
    this.child.kill(signal);
    return (await this.exited)[0];
  }

  async restart(signal) {
    await this.end(signal);
    await this.open(this.port);
  }

  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.end("SIGTERM");
    await rm(this.dataDir, { recursive: true, force: true });
    servers.delete(this);
  }

  /** Runs a command of the same program on the same data. */
  async cli(args, input = "") {
    const running = promisify(execFile)(BIN, args, {
      env: { PATH: process.env.PATH, DATA_DIR: this.dataDir, ...this.env },
    });
    running.child.stdin.end(input);
    return (await running).stdout;
  }

  /** A REST call. A `body` that is text goes out as it is, anything else as JSON. */
  async ask(method, path, { body, token, cookie, headers = {} } = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      redirect: "manual",
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  }

  /** Makes an account with a role, by the operator's command, and logs it in. */
  async account(name, role = "user") {
    const password = "correct horse battery";
    const email = `${name}@example.org`;
    const args = ["user", "add", "--username", name, "--email", email, "--role", role];
    await this.cli([...args, "--password-stdin"], `${password}\n`);
    const { body } = await this.ask("POST", "/auth/login", { body: { email, password } });
    return { ...body, password };
  }
}

/** An official client that remembers every event it got. */
export function client(server, options = {}) {
  const socket = io(server.url, { forceNew: true, reconnection: false, ...options });
  socket.seen = [];
  socket.onAny((name, ...args) => socket.seen.push([name, ...args]));
  return socket;
}

/** Waits for an event whose first argument fits; one that came already counts. */
export function event(socket, name, fits = () => true) {
  const earlier = socket.seen.find(([seen, arg]) => seen === name && fits(arg));
  if (earlier) return Promise.resolve(earlier[1]);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name} came`)), 10_000);
    const listen = (arg) => {
      if (!fits(arg)) return;
      clearTimeout(timer);
      socket.off(name, listen);
      resolve(arg);
    };
    socket.on(name, listen);
  });
}

/** A client of the administration's feed. */
export const watcher = (server, token) => client({ url: `${server.url}/admin` }, { auth: { token } });

/** Asks again whenever the administration is told that something changed, until the answer fits. */
export async function atChanges(watching, ask, fits) {
  for (;;) {
    // Before it asks, so that no change is missed.
    const changed = new Promise((resolve) => watching.once("admin:changes", resolve));
    const answer = await ask();
    if (fits(answer)) return answer;
    await changed;
  }
}

/** Says something and waits until all of them heard it: what the server sent them before has come by then. */
export async function barrier(speaker, ...listeners) {
  const said = await ask(speaker, "chat:message", { content: `barrier ${Math.random()}` });
  if (!said.ok) throw new Error(said.message);
  await Promise.all(listeners.map((it) => event(it, "chat:message", ({ id }) => id === said.message.id)));
}

/** The names of the keys, sorted, so that a test can name exactly the ones it expects. */
export const keys = (object) => Object.keys(object).sort();

/** The whole `Set-Cookie` of one name, if the answer has it. */
export const setCookie = (headers, name) => headers.getSetCookie().find((it) => it.startsWith(`${name}=`));

/** What a browser sends back for a `Set-Cookie`. */
export const sendBack = (set) => set.split(";")[0];

/** Emits with an ack and waits for the answer. */
export const ask = (socket, name, ...args) => socket.timeout(10_000).emitWithAck(name, ...args);

/** How often an event with a fitting argument came. */
export const count = (socket, name, fits = () => true) =>
  socket.seen.filter(([seen, arg]) => seen === name && fits(arg)).length;

/** A socket that is connected, has its snapshot and joined. */
export async function player(server, playerId, options = {}) {
  const socket = client(server, options);
  await event(socket, "world:state");
  const answer = await ask(socket, "player:join", { playerId, name: playerId });
  if (!answer.ok) throw new Error(answer.message);
  socket.joined = answer;
  return socket;
}
