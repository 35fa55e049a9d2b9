// What clients and pages of version 0.1.0 say to a server, step by step. `record.mjs` played it against that version
// and kept every answer; `compatibility.test.js` says the same words to the server of today.
//
// A step is one message of one client: a websocket's text frame (`say`), a new websocket (`open`), a lost one (`hang`)
// or a REST call (`ask`). `$token` stands for the token of the last login.

const join = (id, player) => `42${id}${JSON.stringify(["player:join", player])}`;
const emit = (id, name, payload) => `42${id}${JSON.stringify(payload === undefined ? [name] : [name, payload])}`;

/** The handshake of a page that reads batched updates. */
const BATCH = { features: ["batch"] };

/** The only player of the story whose client gets batches while others move. */
export const BATCH_PLAYER = "9a4f2c1e-bo";

/** The key of the recording: secrets that version 0.1.0 signed with it go on counting. */
export const JWT_SECRET = "a key for the recorded exchange of version 0.1.0";

export const STEPS = [
  // A plain client, as socket.io-client 4 speaks.
  { open: "ana" },
  { say: "ana", text: "40" },
  { say: "ana", text: join(0, { playerId: "ana", name: "  Ana  ", position: { x: 1, y: 0, z: 2.5 } }) },
  // The player page: batched updates, a look, an id of its own.
  { open: "bo" },
  { say: "bo", text: `40${JSON.stringify(BATCH)}` },
  {
    say: "bo",
    text: join(0, {
      playerId: BATCH_PLAYER,
      name: "Bo",
      position: { x: -3, y: 0, z: 4 },
      animation: "idle",
      metadata: { mapId: "harbour", heading: 1.5, appearance: { hair: "bun", face: null, outfit: "coat", shoes: null } },
    }),
  },
  { say: "ana", text: emit(1, "player:update", { position: { x: 1.25, y: 0, z: 2.5 }, animation: "walk" }) },
  { say: "bo", text: emit(1, "player:update", { metadata: { heading: 2, appearance: { hair: "short" } } }) },
  { say: "bo", text: emit(2, "player:update", { position: { x: null, y: 7 }, metadata: { emote: { name: "wave", at: 1 } } }) },
  { say: "ana", text: emit(2, "chat:message", { content: "  Hello  harbour  ", author: "Somebody else" }) },
  { say: "bo", text: emit(3, "chat:message", { content: "Hello Ana" }) },
  { say: "bo", text: emit(4, "player:report", { playerId: "ana", reason: "Only a try." }) },
  // What is refused.
  { say: "ana", text: emit(3, "chat:message", { content: "   " }) },
  { say: "ana", text: emit(4, "chat:message", { content: 5 }) },
  { say: "ana", text: emit(5, "player:update") },
  { say: "ana", text: emit(6, "player:update", "nonsense") },
  { say: "ana", text: emit(7, "no:such-event", {}) },
  { say: "ana", text: emit(8, "player:join", { playerId: "" }) },
  // Somebody who only looks on, and may not speak or take an id that is in use.
  { open: "cy" },
  { say: "cy", text: "40{}" },
  { say: "cy", text: emit(0, "chat:message", { content: "Let me speak" }) },
  { say: "cy", text: join(1, { playerId: "ana" }) },
  { say: "cy", text: emit(2, "player:leave") },
  // The same browser in a second window takes its player over.
  { open: "bo again", as: "bo" },
  { say: "bo again", text: "40$auth:bo" },
  { say: "bo again", text: join(0, { playerId: BATCH_PLAYER, name: "Bo", metadata: { mapId: "harbour" } }) },
  // Another id on the same socket.
  { say: "ana", text: join(9, { playerId: "anouk" }) },
  { say: "ana", text: emit(10, "player:leave") },
  { hang: "bo again" },
  { say: "ana", text: join(11, { playerId: "ana", avatarId: "no such avatar" }) },
  // Accounts, avatars and sprites over REST.
  { ask: "POST", path: "/auth/register", body: { username: "dara", email: " Dara@Example.org ", password: "correct horse battery" } },
  { ask: "POST", path: "/auth/register", body: { username: "dara", email: "other@example.org", password: "correct horse battery" } },
  { ask: "POST", path: "/auth/login", body: { email: "dara@example.org", password: "wrong horse battery" } },
  { ask: "POST", path: "/auth/login", body: { email: "DARA@example.org", password: "correct horse battery" } },
  { ask: "GET", path: "/auth/me", token: true },
  { ask: "GET", path: "/auth/me" },
  { ask: "GET", path: "/auth/session" },
  { ask: "GET", path: "/avatars/me", token: true },
  { ask: "PUT", path: "/avatars/me", token: true, body: { name: "Dara", appearance: { hair: "curls" } } },
  { ask: "PUT", path: "/avatars/me", token: true, body: { appearance: { hair: null, shoes: "boots" } } },
  { ask: "GET", path: "/assets/sprites?limit=1", token: true },
  { ask: "GET", path: "/admin/users", token: true },
  { ask: "GET", path: "/no/such/path" },
  { ask: "GET", path: "/ready" },
  // An account plays under its own id.
  { open: "dara" },
  { say: "dara", text: '40{"token":"$token","features":["batch"]}' },
  { say: "dara", text: join(0, { playerId: "not mine" }) },
  { say: "dara", text: '421["player:join",{"playerId":"$user"}]' },
  { ask: "POST", path: "/auth/logout", token: true, body: {} },
];
