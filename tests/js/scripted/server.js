// Serves the built pages with a scripted administration behind them: for screenshots of states that are hard to bring
// about, and for measuring the page with more people than this machine could play. Never part of the product.

import { readFile } from "node:fs/promises";
import http from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { Server } from "socket.io";
import { answer } from "./rest.js";
import { ScriptedState } from "./state.js";

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../../ui/dist/", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
  ".woff2": "font/woff2", ".png": "image/png",
};

/** `options` go to `ScriptedState`; `signedIn: false` answers 401 to everything. */
export async function startScripted({ signedIn = true, every = 250, moving, churn, port = 0, sprites = [], ...options } = {}) {
  const state = new ScriptedState(options);
  const control = { state, signedIn, suspended: false, fail: null, sprites };
  const server = http.createServer((request, response) => void serve(control, request, response));
  const io = new Server(server, { path: "/socket.io" });
  const admin = io.of("/admin");
  admin.use((_socket, next) => {
    if (control.signedIn) return next();
    // The sentence is what the page knows a refusal by.
    next(new Error("Log in to see the administration."));
  });
  admin.on("connection", (socket) => {
    socket.emit("admin:state", state.state());
    socket.on("admin:resync", (ack) => {
      ack({ ok: true });
      socket.emit("admin:state", state.state());
    });
    socket.on("admin:logs", (_wish, ack) => ack({ ok: true }));
  });
  const timer = every && setInterval(() => admin.emit("admin:changes", state.changes({ moving, churn })), every);
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const at = server.address().port;
  return {
    ...control,
    control,
    url: `http://localhost:${at}`,
    port: at,
    /** Sends a change of one's own making. */
    tell(change) {
      state.seq += 1;
      admin.emit("admin:changes", { seq: state.seq, at: new Date().toISOString(), ...change });
    },
    /** The account that watches is suspended: the feed ends, and every question is refused. */
    suspend() {
      control.suspended = true;
      admin.emit("admin:ended", { code: "demoted", message: "Your account may not see the administration any more." });
      admin.disconnectSockets();
    },
    /** Safe to call twice. */
    async stop() {
      clearInterval(timer);
      await io.close();
      server.closeAllConnections();
    },
  };
}

const SUSPENDED = () => {
  const until = new Date(Date.now() + 2 * 24 * 3_600_000).toISOString();
  const reason = "Sharing the staff chat";
  return { message: `This account is suspended until ${until}. Reason: ${reason}.`, code: "suspended", reason, until };
};

async function serve(control, request, response) {
  const url = new URL(request.url, "http://localhost");
  const send = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const file = fileFor(url.pathname);
  if (file) {
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      return response.end(bytes);
    } catch {
      return send(404, { message: "There is nothing at this address.", code: "not-found" });
    }
  }
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = text === "" ? {} : JSON.parse(text);
  if (control.suspended && url.pathname === "/auth/session") return send(200, { user: null });
  if (control.suspended) return send(403, SUSPENDED());
  if (!control.signedIn && url.pathname === "/auth/session") return send(200, { user: null });
  if (!control.signedIn) return send(401, { message: "Log in first.", code: "not-logged-in" });
  if (control.fail?.test(url.pathname)) return send(503, { message: "The database is busy.", code: "unavailable" });
  if (control.hang?.test(url.pathname)) return;
  const found = answer(control.state, request.method, url, body, control.sprites);
  return found ? send(...found) : send(404, { message: "There is nothing at this address.", code: "not-found" });
}

function fileFor(path) {
  if (path === "/" || path === "/index.html") return join(DIST, "index.html");
  if (path === "/admin/") return join(DIST, "admin/index.html");
  return path.startsWith("/ui/") ? join(DIST, normalize(path.slice(4))) : undefined;
}
