// A small world as a host of version 0.1.0 left it: accounts of every role, people with sanctions, chat, an avatar, a
// sprite of the house's own making, a changed setting, a report, and everything that the audit log says about it.

import { ask, client, event, player } from "../harness.js";

export const PASSWORD = "correct horse battery";

/** In minutes. */
const TEN_YEARS = 60 * 24 * 3650;

export async function fill(server) {
  const host = await server.account("ada", "host");
  const moderator = await server.account("mo", "moderator");
  const dara = await server.account("dara", "user");
  const done = async ({ token }, method, path, body) => {
    const answer = await server.ask(method, path, { token, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await done(host, "PATCH", "/admin/settings", { values: { world_name: "The Old Quay", chat_retention_days: 0, address_retention_days: 0 } });
  await done(dara, "PUT", "/avatars/me", { name: "Dara of the quay", appearance: { hair: "curls", shoes: "boots" } });
  await done(host, "POST", "/admin/assets/sprites/generate", {
    name: "Grandmother",
    category: "character",
    generator: "procedural",
    description: "grey hair, blue coat",
  });

  const bo = await player(server, "bo");
  const cy = await player(server, "cy");
  const told = await ask(bo, "chat:message", { content: "This line stays." });
  const rude = await ask(bo, "chat:message", { content: "This line was removed." });
  await ask(cy, "player:report", { playerId: "bo", reason: "Shouts." });
  await done(moderator, "DELETE", `/admin/messages/${rude.message.id}`);
  const session = async (id) => {
    const { sessions } = await done(moderator, "GET", `/admin/sessions?search=${id}`);
    return sessions[0].id;
  };
  await done(moderator, "POST", `/admin/sessions/${await session("cy")}/mute`, { reason: "Too loud.", minutes: TEN_YEARS });
  await done(moderator, "POST", "/admin/bans", { sessionId: await session("bo"), reason: "Enough.", minutes: TEN_YEARS });
  await done(moderator, "POST", "/admin/bans", {
    subjects: [{ kind: "address", subject: "203.0.113.9" }],
    reason: "Spam from there.",
    minutes: null,
  });
  await done(host, "PATCH", `/admin/users/${dara.user.id}`, { suspensionUntil: "2126-01-01T00:00:00.000Z", suspensionReason: "Until the next century." });
  for (const socket of [bo, cy]) socket.disconnect();
  const looker = client(server);
  await event(looker, "world:state", ({ chat }) => chat.some(({ id }) => id === told.message.id));
  looker.disconnect();
}
