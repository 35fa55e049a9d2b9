// What one looker-on receives while 200 people walk about a real server at 10 updates a second: every frame of his
// websocket with its time. Official clients walk; the looker-on speaks Engine.IO by hand, to keep what is on the wire.

import { ask, client, event, Server } from "../harness.js";
import { WebSocket } from "ws";

const PLAYERS = 200;
const UPDATES_PER_SECOND = 10;
const SECONDS = 20;
const SAYINGS = ["On my way", "Who wants to see the lighthouse?", "The market opens at nine. I kept you a place", "Hello"];

/** The same numbers in every recording. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Somebody who walks from place to place around the plaza at walking pace. */
class Wanderer {
  constructor(index) {
    this.random = chance(index * 7919 + 1);
    this.place = this.somewhere();
    this.goal = this.somewhere();
    this.name = `Visitor ${index + 1}`;
    this.id = `recorded-${index + 1}`;
    this.feelings = 0;
  }

  somewhere() {
    return { x: (this.random() - 0.5) * 16, z: (this.random() - 0.5) * 11 };
  }

  async enter(server) {
    this.socket = client(server, { transports: ["websocket"], auth: { features: ["batch"] } });
    await event(this.socket, "world:state");
    const position = { ...this.place, y: 0 };
    const metadata = { mapId: "harbour", heading: "down" };
    const joined = await ask(this.socket, "player:join", { playerId: this.id, name: this.name, position, metadata });
    if (!joined.ok) throw new Error(joined.message);
    // Nothing of what arrives here is looked at again.
    this.socket.offAny();
    this.socket.seen = [];
  }

  step() {
    const stride = 4 / UPDATES_PER_SECOND;
    const dx = this.goal.x - this.place.x;
    const dz = this.goal.z - this.place.z;
    const away = Math.hypot(dx, dz);
    if (away <= stride) this.goal = this.somewhere();
    else this.place = { x: this.place.x + (dx / away) * stride, z: this.place.z + (dz / away) * stride };
    const heading = Math.abs(dx) > Math.abs(dz) ? (dx < 0 ? "left" : "right") : dz < 0 ? "up" : "down";
    const rounded = (value) => Math.round(value * 100) / 100;
    const position = { x: rounded(this.place.x), y: 0, z: rounded(this.place.z) };
    const metadata = { heading };
    if (this.random() < 0.0005) {
      this.feelings += 1;
      metadata.emote = { name: "heart", nonce: `${this.feelings}` };
    }
    this.socket.emit("player:update", { position, animation: "walk", metadata });
    if (this.random() < 0.001) this.socket.emit("chat:message", { content: SAYINGS[Math.floor(this.random() * 4)] });
  }
}

/** `{snapshot, frames: [[ms, text | {binary: base64}]]}`; the snapshot is the payload of the first `world:state`. */
export async function record() {
  const server = await Server.start({ WORLD_NAME: "The Quay" });
  const people = Array.from({ length: PLAYERS }, (_, i) => new Wanderer(i));
  try {
    for (const person of people) await person.enter(server);
    const frames = [];
    const address = `${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { origin: server.url });
    const beats = people.map((person, i) => {
      const every = 1000 / UPDATES_PER_SECOND;
      let timer;
      setTimeout(() => { timer = setInterval(() => person.step(), every); }, (i * every) / PLAYERS);
      return () => clearInterval(timer);
    });
    const snapshot = await listen(socket, frames);
    for (const stop of beats) stop();
    socket.close();
    return { snapshot, frames };
  } finally {
    for (const { socket } of people) socket?.disconnect();
    await server.stop();
  }
}

/** Keeps the frames of some seconds, from the snapshot on. */
function listen(socket, frames) {
  return new Promise((resolve, reject) => {
    let snapshot;
    let start;
    socket.on("error", reject);
    socket.on("message", (data, isBinary) => {
      if (isBinary) frames.push([Date.now() - start, { binary: data.toString("base64") }]);
      else read(data.toString());
    });
    const read = (text) => {
      if (text.startsWith("0")) socket.send('40{"features":["batch"]}');
      else if (text === "2") socket.send("3");
      else if (text.startsWith('42["world:state",')) {
        snapshot = JSON.parse(text.slice(2))[1];
        start = Date.now();
        setTimeout(() => resolve(snapshot), SECONDS * 1000);
      } else if (start !== undefined) frames.push([Date.now() - start, text]);
    };
  });
}
