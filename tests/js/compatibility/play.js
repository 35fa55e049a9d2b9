// Plays the steps against a server and notes everything it sends, a list for each step and client.

import { once } from "node:events";
import WebSocket from "ws";

/** One client that speaks in bare Engine.IO packets, as version 0.1.0 heard them. */
class Wire {
  constructor(socket) {
    this.socket = socket;
    this.unread = [];
    this.arrived = later();
    socket.on("message", (data, isBinary) => {
      const frame = isBinary ? { binary: data.toString("base64") } : { text: data.toString() };
      if (frame.text === "2") {
        socket.send("3");
        return;
      }
      this.push(frame);
    });
  }

  push(frame) {
    this.unread.push(frame);
    this.arrived.resolve();
    this.arrived = later();
  }

  take() {
    return this.unread.splice(0);
  }
}

function later() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/**
 * Plays `steps`; `quiet(wires, index)` waits until everything that follows a step has come. Returns, for each step, the
 * answer of a call or the frames by client.
 */
export async function play(server, steps, quiet) {
  const wires = new Map();
  const known = { token: "", user: "", guests: new Map() };
  const heard = [];
  for (const [index, step] of steps.entries()) {
    const answer = await take(server, step, wires, known);
    if (!answer) await quiet(wires, index);
    const frames = {};
    for (const [name, wire] of wires) {
      const unread = wire.take();
      for (const frame of unread) learn(known, name, frame);
      if (unread.length > 0) frames[name] = unread;
    }
    heard.push(answer ? { answer, frames } : { frames });
  }
  for (const { socket } of wires.values()) socket.terminate();
  return heard;
}

async function take(server, step, wires, known) {
  if (step.open) {
    const address = `${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`;
    const wire = new Wire(new WebSocket(address));
    wires.set(step.open, wire);
    await once(wire.socket, "open");
    return undefined;
  }
  if (step.hang) {
    const { socket } = wires.get(step.hang);
    wires.delete(step.hang);
    socket.terminate();
    return undefined;
  }
  if (step.say) {
    const text = step.text
      .replace("$token", known.token)
      .replace("$user", known.user)
      .replace(/\$auth:(\w+)/, (_, name) => JSON.stringify({ guestToken: known.guests.get(name), features: ["batch"] }));
    wires.get(step.say).socket.send(text);
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
