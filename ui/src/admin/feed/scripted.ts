/** Pieces of a feed for tests: whole values with one thing said. Imported by tests only. */
import type { ActionEntry, AdminSession, AdminState, ArchivedMessage, Report, Sample } from "../contract";

const AT = "2025-01-01T00:00:00.000Z";

export const session = (id: string, said: Partial<AdminSession> = {}): AdminSession => ({
  id,
  node: "n1",
  kind: "guest",
  subject: id,
  joined: true,
  playerId: id,
  name: id,
  role: null,
  address: "192.168.1.2",
  transport: "websocket",
  batch: true,
  userAgent: null,
  connectedAt: AT,
  joinedAt: AT,
  lastActiveAt: AT,
  position: { x: 0, y: 0, z: 0 },
  mapId: null,
  avatarId: null,
  sprite: null,
  pingMs: null,
  muted: null,
  warnings: 0,
  openReports: 0,
  ...said,
});

/** `second` counts from the start of the test's world. */
export const sample = (second: number, said: Partial<Sample> = {}): Sample => ({
  at: new Date(Date.parse(AT) + second * 1000).toISOString(),
  players: 1,
  sockets: 1,
  joins: 0,
  leaves: 0,
  messages: 0,
  updates: 0,
  deliveries: 0,
  coalesced: 0,
  flushP50Ms: null,
  flushP95Ms: null,
  flushP99Ms: null,
  ackP95Ms: null,
  cpuPercent: 0,
  memoryBytes: 0,
  hostCpuPercent: 0,
  hostMemoryPercent: 0,
  slowClients: 0,
  ...said,
});

/** Ids of digits only also say the order. */
export const message = (id: string, said: Partial<ArchivedMessage> = {}): ArchivedMessage => ({
  id,
  playerId: "p",
  author: "Ana",
  content: id,
  timestamp: new Date(Date.parse(AT) + Number(id) * 1000).toISOString(),
  status: "visible",
  removedAt: null,
  removedBy: null,
  person: null,
  ...said,
});

export const action = (id: string, said: Partial<ActionEntry> = {}): ActionEntry => ({
  id,
  at: AT,
  actor: { id: "u", name: "Sofie" },
  action: "session.kick",
  subject: "p",
  subjectName: "Ana",
  details: {},
  undoable: false,
  undoneAt: null,
  ...said,
});

export const report = (id: string, said: Partial<Report> = {}): Report => ({
  id,
  at: AT,
  reporter: { playerId: "a", name: "Ana", person: null, sessionId: null },
  target: { playerId: "b", name: "Bo", person: null, sessionId: null },
  reason: "",
  status: "open",
  closedBy: null,
  closedAt: null,
  note: null,
  ...said,
});

export const state = (said: Partial<AdminState> = {}): AdminState => ({
  seq: 1,
  at: AT,
  me: { id: "u", name: "Sofie", role: "host", rights: [] },
  server: {
    name: "Quay",
    version: "0.1.0",
    node: "n1",
    startedAt: AT,
    state: "running",
    health: "ok",
    reasons: [],
    cluster: "standalone",
    links: [],
    pinRequired: false,
    world: { id: "w", name: "Quay", description: "" },
  },
  nodes: [],
  sessions: [],
  chat: [],
  now: sample(0),
  history: [],
  openReports: 0,
  recentActions: [],
  ...said,
});
