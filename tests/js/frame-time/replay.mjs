// A server that knows one world only: a recorded one, played over and over to whoever comes in. It also hands out the
// built pages, so that a browser finds everything at one address.

import { WebSocketServer } from "ws";
import { servePages } from "../pages.js";

/** Answers `{url, close}`. */
export async function replay({ snapshot, frames }) {
  const pages = await servePages({ "/auth/session": { user: null } });
  const sockets = new WebSocketServer({ server: pages.web, path: "/socket.io/" });
  sockets.on("connection", (socket) => play(socket, snapshot, frames));
  return {
    url: pages.url,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      pages.close();
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
