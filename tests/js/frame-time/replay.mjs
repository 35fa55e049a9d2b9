// A server that knows one world only: a recorded one, played over and over to whoever comes in. It also hands out the
// built pages, so that a browser finds everything at one address.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../../ui/dist/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

/** Listens on a free port. Answers `{url, close}`. */
export async function replay({ snapshot, frames }) {
  const web = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://replay");
    if (pathname === "/auth/session") {
      response.setHeader("content-type", "application/json");
      response.end('{"user":null}');
      return;
    }
    const file = pathname === "/" ? "index.html" : normalize(pathname.replace(/^\/ui\//, ""));
    readFile(join(DIST, file)).then(
      (content) => {
        response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server: web, path: "/socket.io/" });
  sockets.on("connection", (socket) => play(socket, snapshot, frames));
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${web.address().port}`,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      web.close();
    },
  };
}

function play(socket, snapshot, frames) {
  const opening = { sid: "replay", upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 1_000_000 };
  socket.send(`0${JSON.stringify(opening)}`);
  let self;
  let timer;
  socket.on("close", () => clearTimeout(timer));
  socket.on("message", (data) => {
    const text = data.toString();
    if (text.startsWith("40")) {
      socket.send('40{"sid":"replay"}');
      socket.send(`42${JSON.stringify(["world:state", snapshot])}`);
      timer = run(socket, frames);
      return;
    }
    const asked = /^42(\d+)(\[.*)$/s.exec(text);
    if (!asked) return;
    const [event, payload] = JSON.parse(asked[2]);
    if (event === "player:join") {
      const { playerId: id, name, position, animation, metadata } = payload;
      self = { id, name, position, animation, metadata };
    } else if (event === "player:update") {
      self = { ...self, ...payload, metadata: { ...self.metadata, ...payload.metadata } };
    }
    const state = { ...snapshot, players: [...snapshot.players, self] };
    const answer = event === "player:join" ? { ok: true, state, player: self } : { ok: true, player: self };
    socket.send(`43${asked[1]}${JSON.stringify([answer])}`);
  });
}

/** Sends every frame at its time; a binary one belongs to the text before it. */
function run(socket, frames) {
  let next = 0;
  let start = Date.now();
  const beat = () => {
    while (next < frames.length && frames[next][0] <= Date.now() - start) {
      const frame = frames[next][1];
      socket.send(typeof frame === "string" ? frame : Buffer.from(frame.binary, "base64"));
      next += 1;
    }
    if (next === frames.length) {
      next = 0;
      start = Date.now();
    }
  };
  const timer = setInterval(beat, 5);
  return timer;
}
