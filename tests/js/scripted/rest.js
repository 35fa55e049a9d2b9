// REST of the scripted administration: lists from its state, and actions that answer as the contract says.

import { entry } from "./actions.js";
import { endedVisits, historyOf } from "./chronicle.js";

/** What a load test may be. */
const TERMS = { ownUrl: "http://127.0.0.1:4000", maxClients: 2000, maxDurationMs: 3_600_000, maxAckMs: 250 };

const DAY = 24 * 3_600_000;
const later = (ms) => new Date(Date.now() + ms).toISOString();

const page = (name, items, query) => {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  return { total: items.length, limit, offset, [name]: items.slice(offset, offset + limit) };
};

const users = (state) => [
  ...[...state.sessions.values()].filter((each) => each.kind === "account").slice(0, 40),
].map((each, place) => ({
  id: each.subject,
  username: each.name,
  email: `${each.name.toLowerCase().replaceAll(/[^a-z]/g, "") || "person"}${place}@example.org`,
  role: place === 0 ? "host" : place === 3 ? "moderator" : place === 5 ? "viewer" : "user",
  isBanned: place === 8,
  suspensionUntil: place === 6 ? later(2 * DAY) : null,
  suspensionReason: place === 6 ? "Spam" : null,
  createdAt: later(-place * 3 * DAY),
}));

const service = (name, scopes, days, lastUsedAt, id = name) => ({
  id, name, scopes, createdBy: { id: "u1", name: "Sofie" }, makerIsHost: name !== "Word keeper",
  createdAt: later(-days * DAY), lastUsedAt,
});

/** Those of a host who has tried things out. */
const services = () => [
  service("Greeter", ["read", "join"], 1, later(-40_000)),
  service("Word keeper", ["read", "moderate"], 12, later(-3 * 3_600_000)),
  service("Everything at once, for the evening of the lamps", ["read", "moderate", "announce", "join"], 31, later(-2 * DAY)),
  service("Wall of names", ["read"], 40, null),
];

const webhook = (name, url, events, more = {}) => ({
  id: name, name, url, events, createdBy: { id: "u1", name: "Sofie" }, makerIsHost: true, createdAt: later(-3 * DAY), failures: 0, pausedAt: null,
  toldAt: later(-3_600_000), ...more,
});

const webhooks = () => [
  webhook("Staff room", "https://discord.com/api/webhooks/1/secret", ["report", "ban", "kick"]),
  webhook("Pager of the night", "https://alerts.example.org/in", ["trouble"], { failures: 4 }),
  webhook("New one", "https://example.org/in", ["report"], { makerIsHost: false, toldAt: null }),
  webhook("Wall in the hall", "http://wall.local:8080/hook", ["crowd"], { failures: 20, pausedAt: later(-3_600_000) }),
];

const delivery = (event, minutes, attempts, status, problem = null) => ({
  id: `${event}${minutes}`, event, at: later(-minutes * 60_000), attempts,
  triedAt: attempts === 0 ? null : later(-minutes * 60_000), status, problem,
  nextAt: problem !== null || attempts === 0 ? later(5 * 60_000) : null,
  deliveredAt: problem === null && attempts > 0 ? later(-minutes * 60_000) : null,
});

const deliveries = () => [
  delivery("report", 1, 0, null),
  delivery("kick", 4, 3, 500, "It answered 500."),
  delivery("ban", 40, 2, 204),
  delivery("report", 3 * 60, 1, 204),
];

const TOKEN = `comutiny_${"5f0c9a27".repeat(8)}`;

const SEEN = [
  { visits: 14, names: 1, otherNames: [] },
  { visits: 5, names: 2, otherNames: ["Cap"] },
  undefined,
  { visits: 9, names: 9, otherNames: ["Salt", "Old pepper", "Old salt 2", "Brine", "Sea salt"] },
  { visits: 2, names: 1, otherNames: [] },
];

const bans = () =>
  [
    ["account", "spammer", "Spam", later(6 * DAY)],
    ["guest", "Nobody Special", "Insults in chat", null],
    ["address", null, "Flooding the door", later(3_600_000)],
    ["guest", "Old salt", "Follows people", later(-DAY)],
    ["account", "Loud one", "", later(5 * DAY)],
  ].map(([kind, subjectName, reason, until], place) => ({
    id: `b${place}`,
    kind,
    subject: kind === "address" ? "203.0.113.9" : `s${place}`,
    subjectName,
    reason,
    until,
    createdBy: { id: "u1", name: "Sofie" },
    createdAt: later(-place * DAY - 3_600_000),
    liftedAt: place === 4 ? later(-2 * DAY) : null,
    liftedBy: place === 4 ? { id: "u2", name: "Old Pete" } : null,
    active: place < 3,
    ...(kind !== "address" && { seen: SEEN[place] }),
  }));

const mutes = () => {
  const mute = (id, subjectName, reason, minutesAgo, minutes, lifted = null) => ({
    id, kind: "guest", subject: `m${id}`, subjectName, reason,
    until: later((minutes - minutesAgo) * 60_000),
    createdBy: { id: "u1", name: "Sofie" },
    createdAt: later(-minutesAgo * 60_000),
    liftedAt: lifted && later(-lifted * 60_000),
    liftedBy: lifted && { id: "u2", name: "Old Pete" },
    active: lifted === null && minutes > minutesAgo,
    seen: { visits: 3, names: 1, otherNames: [] },
  });
  return [
    mute("q1", "tom_b", "Shouting", 12, 20),
    mute("q2", "Captain", "Spam", 50, 24 * 60),
    mute("q3", "brk_99", "Insults in chat", 26 * 60, 60),
    mute("q4", "Old salt", "", 3 * 24 * 60, 60, 3 * 24 * 60 - 5),
  ];
};

/** Those of a world in which somebody has been, by whether they hold. */
const sanctions = (state, all, query) => {
  const [active, by] = [query.get("active"), query.get("by")];
  const known = (state.sessions.size === 0 ? [] : all()).filter((each) => !by || each.createdBy.id === by);
  return active === null ? known : known.filter((each) => String(each.active) === active);
};

const setting = (key, value, section, help, more = {}) => ({
  key, value, default: value, source: "default", kind: "text", accepts: "", secret: false, set: value !== null,
  editable: false, restart: true, section, help, ...more,
});

const SETTINGS = [
  setting("world_name", "The Quay", "World", "The name people see.", { editable: true, restart: false, source: "database", accepts: "1 to 60 characters" }),
  setting("world_description", "A small harbour", "World", "One sentence about the world.", { editable: true, restart: false }),
  setting("join_pin", "4417", "World", "Asked once from people who type the link.", { editable: true, restart: false, source: "database", accepts: "4 to 8 digits" }),
  setting("guests_allowed", true, "World", "Whether people may come in without an account.", { editable: true, restart: false, kind: "boolean" }),
  setting("chat_retention_days", 30, "Privacy", "How long chat is kept.", { editable: true, restart: false, kind: "number", accepts: "a whole number of days" }),
  setting("address_retention_days", 14, "Privacy", "How long addresses are kept.", { editable: true, restart: false, kind: "number", accepts: "a whole number of days" }),
  setting("audit_retention_days", 365, "Privacy", "How long the audit log is kept.", { editable: true, restart: false, kind: "number", accepts: "a whole number of days" }),
  setting("slow_mode_seconds", 0, "World", "Seconds that a person waits between two lines of chat; 0 for no slow mode. Moderators and hosts are free.", { editable: true, restart: false, kind: "number", accepts: "a whole number from 0 to 3600" }),
  setting("word_list", "crap, rubbish", "World", "Words and phrases that nobody may say in chat, between commas. Moderators and hosts are free.", { editable: true, restart: false, accepts: "text of at most 8000 characters" }),
  setting("word_list_mode", "hold", "World", "What happens to a line with one of them.", { editable: true, restart: false, kind: "choice", choices: ["block", "hold"] }),
  setting("moderation_reasons", "Cool down = 10m; Leave people alone = 1h", "World", "Reasons that moderators are offered, between semicolons, each with a length or without.", { editable: true, restart: false, accepts: "text of at most 4000 characters" }),
  setting("server_port", 4000, "Listening", "Port to listen on; 0 lets the system choose one.", { kind: "number", source: "environment" }),
  setting("server_host", "::", "Listening", "Address to listen on; :: is every address, IPv4 and IPv6, and 0.0.0.0 every IPv4 one."),
  setting("jwt_secret", null, "Security", "Signs logins; made once and kept in the data directory when unset.", { secret: true, set: true }),
  setting("redis_beat_ms", 500, "Several nodes", "Time between two proofs of life to the other nodes.", { kind: "number" }),
  setting("flush_interval_ms", 50, "Flushing and slow clients", "The tick on which a crowd's updates are sent.", { kind: "number" }),
  setting("rate_chat", 5, "Limits", "Chat messages and reports per second of one person.", { kind: "number" }),
];

const LOG = [
  ["info", "comutiny::server", "listening", { address: "0.0.0.0:4000" }],
  ["info", "comutiny::session", "player joined", { player_id: "guest-7f21c0", socket_id: "17" }],
  ["debug", "comutiny::http", "request", { method: "GET", path: "/health", status: "200" }],
  ["warn", "comutiny::session", "a client reads too slowly", { socket_id: "12", queued: "912 kB" }],
  ["info", "comutiny::moderation", "session.warn", { actor: "Sofie", subject: "brk_99" }],
  ["error", "comutiny::accounts", "the database is busy", { waited: "5 s" }],
];

const logLines = () =>
  Array.from({ length: 60 }, (_, place) => {
    const [level, target, message, fields] = LOG[place % LOG.length];
    return { seq: place + 1, at: later(-(60 - place) * 4000), level, target, message, fields };
  });

const invite = {
  links: [
    { url: "http://192.168.1.24:4000/", kind: "network", medium: "wifi", interface: "wlan0", reachedBy: { address: "192.168.1.57", at: later(-60_000) } },
    { url: "http://10.0.0.8:4000/", kind: "network", medium: "cable", interface: "eth0", reachedBy: null },
    { url: "http://harbour.local:4000/", kind: "name", medium: null, interface: null, reachedBy: null },
    { url: "http://localhost:4000/", kind: "local", medium: null, interface: null, reachedBy: null },
  ],
  obstacle: null,
  port: 4000,
  firewall: { system: "linux", command: "sudo ufw allow 4000/tcp" },
  outside: { state: "off" },
};

/** `[status, body]`, or `undefined` for an address it does not know. `sprites`: a list of real ones, if there is. */
export function answer(state, method, url, body, sprites = []) {
  const { pathname: path, searchParams: query } = url;
  const action = entry(`x${Date.now()}`, "session.kick", "somebody", Date.now(), {}, true);
  const has = (text) => (query.get("search") ?? "") === "" || text.toLowerCase().includes(query.get("search").toLowerCase());
  const [, person, subject] = /^\/admin\/people\/(\w+)\/([^/]+)$/.exec(path) ?? [];
  const [, sessionId] = /^\/admin\/sessions\/([^/]+)$/.exec(path) ?? [];
  if (method === "GET") {
    if (path === "/auth/session") return [200, { user: { id: "u1", username: "Sofie" } }];
    if (path === "/admin/me") return [200, { user: { id: "u1", username: "Sofie" }, role: state.role, local: false, rights: state.rights }];
    if (sessionId) {
      const session = state.sessions.get(sessionId);
      if (!session) return [404, { message: "This player has just left.", code: "session-gone" }];
      return [200, { session, record: state.record(session.kind, session.subject) }];
    }
    if (person) return [200, { record: state.record(person, decodeURIComponent(subject)) }];
    const [, act] = /^\/admin\/evidence\/([^/]+)$/.exec(path) ?? [];
    if (act) return [200, { lines: state.evidence(decodeURIComponent(act)) }];
    if (path.endsWith("/ban-preview")) {
      const session = state.sessions.get(path.split("/")[3]);
      const record = state.record(session.kind, session.subject);
      return [200, {
        account: session.kind === "account" ? { id: session.subject, name: session.name } : null,
        guest: session.kind === "guest" ? { subject: session.subject, playerId: session.playerId } : null,
        address: { value: session.address, exempt: false },
        sameAddress: record.sameAddress,
      }];
    }
    if (/^\/admin\/webhooks\/.*\/deliveries$/.test(path)) return [200, { deliveries: deliveries() }];
    switch (path) {
      case "/admin/history":
        return [200, historyOf(query.get("range"), state.sessions.size)];
      case "/admin/visits":
        return [200, page("visits", endedVisits(state.sessions.size).filter((each) => has(each.name)), query)];
      case "/admin/faces":
        return [200, { faces: state.faces(query.get("people") ?? "") }];
      case "/admin/messages": {
        const status = query.get("status");
        const fits = state.chat.filter((each) => (status !== "removed" || each.status === "removed") && has(each.content));
        return [200, page("messages", fits.toReversed(), query)];
      }
      case "/admin/reports":
        return [200, { ...page("reports", state.reports.filter((each) => !query.get("status") || each.status === query.get("status")), query), ...(state.sessions.size > 0 && query.get("answered") && { medianAnswerMs: 4 * 60_000 }) }];
      case "/admin/load-tests":
        return [200, { total: 0, limit: 50, offset: 0, runs: [], terms: TERMS }];
      case "/admin/bans":
        return [200, page("bans", sanctions(state, bans, query).filter((each) => has(`${each.subjectName}${each.reason}`)), query)];
      case "/admin/mutes":
        return [200, page("mutes", sanctions(state, mutes, query).filter((each) => has(`${each.subjectName}${each.reason}`)), query)];
      case "/admin/users":
        return [200, page("users", users(state).filter((each) => has(each.username + each.email)), query)];
      case "/admin/webhooks":
        return [200, { webhooks: state.sessions.size === 0 ? [] : webhooks(), most: 20 }];
      case "/admin/service-accounts":
        return [200, { services: state.sessions.size === 0 ? [] : services(), most: 20 }];
      case "/admin/audit":
        return [200, { keptDays: 365, ...page("actions", state.actions.filter((each) => has(each.subject + each.action)), query) }];
      case "/admin/settings":
        return [200, { settings: SETTINGS }];
      case "/admin/logs":
        return [200, { total: 60, limit: 2000, lines: state.sessions.size === 0 ? [] : logLines() }];
      case "/admin/invite":
        return [200, invite];
      case "/admin/assets/sprites":
        return [200, page("assets", sprites, query)];
    }
  }
  if (path === "/admin/settings") return [200, { settings: SETTINGS }];
  if (path === "/admin/words/try") return [200, { exact: null, folded: "rubbish" }];
  if (path.startsWith("/admin/reports/")) {
    const report = state.reports.find((each) => path.endsWith(each.id));
    Object.assign(report, { status: body.status, note: body.note ?? null, closedBy: { id: "u1", name: "Sofie" }, closedAt: later(0) });
    return [200, { action, report }];
  }
  if (method === "POST" && path === "/admin/webhooks") {
    return [201, { webhook: webhook(body.name, body.url, body.events), secret: TOKEN.slice("comutiny_".length), action }];
  }
  if (method === "POST" && path === "/admin/service-accounts") {
    return [201, { service: service(body.name, body.scopes, 0, null), token: TOKEN, action }];
  }
  if (method === "POST" && path.startsWith("/admin/")) return [200, { action, count: 3, recipients: 3, bans: [], mute: null }];
  if (method === "DELETE" && path.startsWith("/admin/")) return [204, undefined];
  if (path.startsWith("/auth/")) return [200, {}];
  return undefined;
}
