// Plays the steps against a server and notes everything it sends, a list for each step and client.

import { once } from "node:events";
import WebSocket from "ws";

/** One client that speaks in bare Engine.IO packets, as version 0.1.0 heard them. */
class Wire {
  unread = [];
  arrived = later();

  push(frame) {
    this.unread.push(frame);
    this.arrived.resolve();
    this.arrived = later();
  }

  take() {
    return this.unread.splice(0);
  }
}

class WebSocketWire extends Wire {
  static async open(server) {
    const address = `${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    const wire = new WebSocketWire();
    wire.socket = new WebSocket(address);
    wire.socket.on("message", (data, isBinary) => {
      const frame = isBinary ? { binary: data.toString("base64") } : { text: data.toString() };
      if (frame.text === "2") wire.socket.send("3");
      else wire.push(frame);
    });
    await once(wire.socket, "open");
    return wire;
  }

  say(text) {
    this.socket.send(text);
  }

  hang() {
    this.socket.terminate();
  }
}

/** Between the packets of one answer. */
const SEPARATOR = "\u001e";

class PollingWire extends Wire {
  static async open(server) {
    const wire = new PollingWire();
    wire.address = `${server.url}/socket.io/?EIO=4&transport=polling`;
    const answer = await fetch(wire.address);
    const text = await answer.text();
    wire.address += `&sid=${JSON.parse(text.slice(1)).sid}`;
    wire.push({ text });
    wire.polling = wire.poll();
    return wire;
  }

  async poll() {
    for (;;) {
      const answer = await fetch(this.address);
      const body = await answer.text();
      if (!answer.ok) return;
      for (const packet of body.split(SEPARATOR)) {
        if (packet === "2") await this.say("3");
        else if (packet.startsWith("b")) this.push({ binary: packet.slice(1) });
        // What else there is belongs to the transport: an end, or an answer to end a poll.
        else if (packet.startsWith("4")) this.push({ text: packet });
      }
    }
  }

  async say(text) {
    await fetch(this.address, { method: "POST", body: text });
  }

  /** A client that is gone would be missed by its heartbeat; this one says so. */
  async hang() {
    await this.say("1");
    await this.polling;
  }
}

/** The ways in, by what a recording of each is called. */
export const WIRES = { exchange: WebSocketWire, "exchange-polling": PollingWire };

function later() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/**
 * Plays `steps` with clients of one kind of wire; `quiet(wires, index)` waits until everything that follows a step has
 * come. Returns, for each step, the answer of a call or the frames by client.
 */
export async function play(server, steps, Wire, quiet) {
  const wires = new Map();
  const known = { token: "", user: "", guests: new Map() };
  const heard = [];
  for (const [index, step] of steps.entries()) {
    const answer = await take(server, step, Wire, wires, known);
    if (!answer) await quiet(wires, index);
    const frames = {};
    for (const [name, wire] of wires) {
      const unread = wire.take();
      for (const frame of unread) learn(known, name, frame);
      if (unread.length > 0) frames[name] = unread;
    }
    heard.push(answer ? { answer, frames } : { frames });
  }
  for (const wire of wires.values()) await wire.hang();
  return heard;
}

async function take(server, step, Wire, wires, known) {
  if (step.open) {
    wires.set(step.open, await Wire.open(server));
    return undefined;
  }
  if (step.hang) {
    const wire = wires.get(step.hang);
    wires.delete(step.hang);
    await wire.hang();
    return undefined;
  }
  if (step.say) {
    const text = step.text
      .replace("$token", known.token)
      .replace("$user", known.user)
      .replace(/\$auth:(\w+)/, (_, name) => JSON.stringify({ guestToken: known.guests.get(name), features: ["batch"] }));
    await wires.get(step.say).say(text);
    return undefined;
  }
  const { status, body } = await server.ask(step.ask, step.path, {
    body: step.body,
    ...(step.token && { token: known.token }),
  });
  if (body?.token) Object.assign(known, { token: body.token, user: body.user.id });
  return { status, body };
}

function learn(known, name, { text }) {
  const found = text && /"guestToken":"([^"]+)"/.exec(text);
  if (found) known.guests.set(name, found[1]);
}
