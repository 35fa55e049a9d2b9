// The people of the reference picture, as official clients of the server: where they stand, what they wear and say.

import { ask, client, event } from "../harness.js";

const look = (hair, face, outfit, shoes) => ({ hair, face, outfit, shoes });

export const PEOPLE = [
  ["Marisol", -2.4, -0.5, "right", look("bun-umber", "smile-honey", "hem-coral-yellow", "brown")],
  ["Ines", 2.8, -0.7, "left", look("curls-black", "dots-clay", "dungarees-yellow-cream", "white")],
  ["Old Pete", -0.6, 6.2, "down", look("sailor-grey", "beard-sand", "buttons-slate-yellow", "brown")],
  ["Ruben", 3.6, 1.0, "left", look("beanie-red", "dots-honey", "dungarees-green-cream", "red")],
  ["Yuki", 0.8, -3.4, "down", look("bob-black", "dots-shell", "coat-violet-cream-scarf-yellow", "plum")],
  ["Dara", -3.5, 0.6, "right", look("long-black", "smile-chestnut", "apron-teal-cream", "white")],
  ["Kofi", 2.5, 3.3, "up", look("short-black", "glasses-cocoa", "coat-orange-cream-scarf-blue", "slate")],
  ["tom_b", -7.8, -0.7, "down", look("short-copper", "dots-shell", "stripes-blue-cream", "slate")],
  ["Lena K.", -5.9, -0.6, "up", look("long-blond", "dots-sand", "hem-rose-cream", "plum")],
  ["Mateo", 6.6, -0.6, "down", look("beanie-umber", "beard-chestnut", "buttons-brown-cream", "slate")],
  ["Anouk", 8.4, -0.2, "left", look("curls-red", "smile-sand", "coat-indigo-cream-scarf-coral", "brown")],
];

const SAYINGS = [
  ["Old Pete", "Who wants to see the lighthouse?"],
  ["Marisol", "The market opens at nine. I kept you a place"],
  ["Ines", "On my way"],
];

/** Everybody who was let in and is not home yet. */
const inside = new Set();

/** Ends the visits of all who were let in. */
export async function everybodyHome() {
  for (const socket of inside) {
    await ask(socket, "player:leave").catch(() => {});
    socket.disconnect();
  }
  inside.clear();
}

/** Lets them in, one after the other so that the list is always the same. They stay until `everybodyHome`. */
export async function gather(server, people = PEOPLE) {
  const sockets = new Map();
  for (const [name, x, z, heading, appearance] of people) {
    const socket = client(server, { transports: ["websocket"] });
    inside.add(socket);
    await event(socket, "world:state");
    const metadata = { mapId: "harbour", heading, appearance };
    const joined = await ask(socket, "player:join", {
      playerId: `picture-${name}`, name, position: { x, y: 0, z }, metadata,
    });
    if (!joined.ok) throw new Error(joined.message);
    sockets.set(name, socket);
  }
  return {
    async talk(sayings = SAYINGS) {
      for (const [name, content] of sayings) await ask(sockets.get(name), "chat:message", { content });
    },
    report: (name, whom, reason) =>
      ask(sockets.get(name), "player:report", { playerId: `picture-${whom}`, reason }),
    feel: (name, emote) =>
      ask(sockets.get(name), "player:update", { metadata: { emote: { name: emote, nonce: `${Date.now()}` } } }),
  };
}

/** A crowd around the plaza, for the state in which nothing may get in anybody's way. */
export function crowd(count) {
  return Array.from({ length: count }, (_, i) => {
    const angle = i * 2.39996;
    const distance = 0.6 + Math.sqrt(i) * 0.62;
    const heading = ["down", "left", "right", "up"][i % 4];
    return [`Guest ${i + 1}`, Math.cos(angle) * distance, Math.sin(angle) * distance * 0.8, heading];
  });
}
