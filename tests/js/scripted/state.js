// A whole administration in memory: what the live feed and REST tell about an invented evening.

import { actionsOf } from "./actions.js";
import { chances, nameOf, position, SAID, session } from "./people.js";

const MINUTE = 60_000;

export class ScriptedState {
  /** `server` and `nodes`: what differs from a world that is well and alone. `heldLines`: how many wait. */
  constructor({ players = 128, now = Date.now(), role = "host", server = {}, nodes = [], heldLines = 0 } = {}) {
    this.different = server;
    this.otherNodes = nodes;
    this.chance = chances(7);
    this.begun = now;
    this.started = now - 134 * MINUTE;
    this.role = role;
    this.sessions = new Map();
    for (let index = 0; index < players; index++) {
      const each = session(index, now);
      this.sessions.set(each.id, each);
    }
    this.newest = players;
    this.seq = 1;
    this.history = Array.from({ length: players === 0 ? 60 : 300 }, (_, place) => this.sample(now - (299 - place) * 1000, place));
    this.chat = players === 0 ? [] : Array.from({ length: 40 }, (_, place) => this.message(place, now - (40 - place) * 41_000));
    this.reports = players === 0 ? [] : [
      this.report("r1", 3, 4, "Insults in chat", now - 2 * MINUTE),
      this.report("r2", 9, 4, "Follows me around", now - 3 * MINUTE),
      this.report("r3", 11, 13, "Pretends to be staff", now - 9 * MINUTE),
    ];
    this.held = Array.from({ length: heldLines }, (_, place) => this.heldLine(place, now));
    this.actions = players === 0 ? [] : actionsOf(now);
  }

  sample(at, place) {
    const count = this.sessions.size;
    const wave = Math.sin(place / 31) * 0.03 + this.chance() * 0.02;
    const players = Math.round(count * (place > 200 ? 1 : 0.89 + 0.11 * (place / 200)) * (1 - Math.abs(wave)));
    const busy = count > 0;
    const spike = place > 180 && place < 188 ? 14 : 0;
    return {
      at: new Date(at).toISOString(),
      players: place >= 299 ? count : players,
      bots: 0,
      botJoins: 0,
      botLeaves: 0,
      botMessages: 0,
      flushes: busy ? 200 : 0,
      sockets: count + 3,
      joins: busy && this.chance() < 0.14 ? 1 : 0,
      leaves: busy && this.chance() < 0.09 ? 1 : 0,
      messages: busy && this.chance() < 0.45 ? 1 + Math.floor(this.chance() * 2) : 0,
      updates: count * 2,
      deliveries: busy ? Math.round(count * count * (1.7 + 0.4 * Math.sin(place / 60) + this.chance() * 0.2)) : 0,
      coalesced: 12,
      flushP50Ms: busy ? 1.8 + this.chance() * 0.6 : null,
      flushP95Ms: busy ? 5 + this.chance() * 3 + spike * 0.5 : null,
      flushP99Ms: busy ? 8 + this.chance() * 6 + spike : null,
      ackP95Ms: busy ? 0.8 : null,
      cpuPercent: busy ? 16 + this.chance() * 4 : 0.4,
      memoryBytes: 64e6 + count * 42_000,
      hostCpuPercent: 30,
      hostMemoryPercent: 31,
      slowClients: 0,
    };
  }

  message(place, at, author = (place * 5) % Math.min(24, this.sessions.size)) {
    const speaker = this.sessions.get(`n1-${author}`);
    return {
      id: `c${place}`,
      playerId: speaker?.playerId ?? "nobody",
      author: speaker?.name ?? "Nobody",
      content: SAID[place % SAID.length],
      timestamp: new Date(at).toISOString(),
      status: place === 33 ? "removed" : "visible",
      removedAt: place === 33 ? new Date(at).toISOString() : null,
      removedBy: place === 33 ? "u1" : null,
      person: speaker ? { kind: speaker.kind, subject: speaker.subject } : null,
    };
  }

  reported(index) {
    const each = this.sessions.get(`n1-${index}`);
    return {
      playerId: each?.playerId ?? "gone",
      name: nameOf(index),
      person: each ? { kind: each.kind, subject: each.subject } : null,
      sessionId: each?.id ?? null,
    };
  }

  report(id, who, whom, reason, at) {
    return {
      id,
      at: new Date(at).toISOString(),
      reporter: this.reported(who),
      target: this.reported(whom),
      reason,
      status: "open",
      closedBy: null,
      closedAt: null,
      note: null,
    };
  }

  get rights() {
    const moderator = ["kick", "warn", "mute", "ban", "chat", "reports", "notes", "announce", "tell", "undo"];
    const host = ["kick-all", "users", "services", "webhooks", "sprites", "settings", "logs", "load-test"];
    return { viewer: [], moderator, host: [...moderator, ...host] }[this.role];
  }

  get me() {
    return { id: "u1", name: "Sofie", role: this.role, rights: this.rights };
  }

  get server() {
    return {
      name: "The Quay",
      version: "0.1.0",
      node: "n1",
      startedAt: new Date(this.started).toISOString(),
      state: "running",
      health: "ok",
      reasons: [],
      cluster: "standalone",
      links: ["http://192.168.1.24:4000/"],
      pinRequired: true,
      reasonTemplates: [{ text: "Cool down", minutes: 10 }, { text: "Leave people alone", minutes: 60 }],
      slowModeSeconds: 0,
      unwantedWords: 24,
      holdsLines: true,
      world: { id: "w1", name: "The Quay", description: "A small harbour" },
      ...(this.sessions.size > 0 && { pinned: this.pinned }),
      ...this.different,
    };
  }

  get pinned() {
    return {
      id: "p1",
      message: "The boat parade starts at the jetty.",
      at: new Date(this.begun - 44 * MINUTE).toISOString(),
      until: new Date(this.begun + 76 * MINUTE).toISOString(),
      by: { id: "u1", name: "Sofie" },
    };
  }

  /** A line that a word of the list keeps back. */
  heldLine(place, now) {
    const speaker = this.sessions.get(`n1-${place * 3 + 4}`);
    return {
      id: `h${place}`,
      at: new Date(now - (place + 1) * 50_000).toISOString(),
      until: new Date(now + (9 - place) * MINUTE).toISOString(),
      playerId: speaker.playerId,
      author: speaker.name,
      content: ["what a load of rubbish this is", "crap, I lost my hat again"][place % 2],
      person: { kind: speaker.kind, subject: speaker.subject },
      word: ["rubbish", "crap"][place % 2],
    };
  }

  state() {
    return {
      seq: this.seq,
      at: new Date().toISOString(),
      me: this.me,
      server: this.server,
      nodes: [{ id: "n1", address: null, players: this.sessions.size, leaseAgeMs: null, silent: false, lagMs: null, version: "0.1.0", self: true }, ...this.otherNodes],
      sessions: [...this.sessions.values()],
      chat: this.chat,
      now: this.history.at(-1),
      history: this.history,
      openReports: this.reports.filter((each) => each.status === "open").length,
      held: this.held,
      recentActions: this.actions,
      loadTest: null,
    };
  }

  /**
   * What happened since the last change, four of which make a second: some came and went (`churn` in each change), and
   * at the end of the second the share `moving` of all has walked.
   */
  changes({ moving = 0.6, churn = 0 } = {}) {
    this.seq += 1;
    const now = Date.now();
    const at = new Date(now).toISOString();
    const change = { seq: this.seq, at };
    if (churn > 0) this.churn(change, churn, now);
    if (this.seq % 4 !== 0) return change;
    change.sample = this.sample(now, 299);
    this.history = [...this.history.slice(1), change.sample];
    change.moved = [];
    for (const each of this.sessions.values()) {
      if (this.chance() >= moving) continue;
      const { id, pingMs } = each;
      const move = { id, lastActiveAt: at, position: position(this.chance), pingMs: pingMs && 2 + this.chance() * 40 };
      this.sessions.set(id, { ...each, ...move });
      change.moved.push(move);
    }
    return change;
  }

  churn(change, count, now) {
    const ids = [...this.sessions.keys()];
    change.gone = Array.from({ length: count }, () => ids[Math.floor(this.chance() * ids.length)]);
    for (const id of change.gone) this.sessions.delete(id);
    change.sessions = Array.from({ length: count }, () => {
      this.newest += 1;
      const fresh = { ...session(this.newest, now), joinedAt: change.at, connectedAt: change.at };
      this.sessions.set(fresh.id, fresh);
      return fresh;
    });
  }

  /** Everybody who is here, and two who left; the others nobody knows. */
  faces(named) {
    const gone = { s0: "guest-77", s1: "guest-4711" };
    return named.split(",").flatMap((each) => {
      const [kind, subject] = each.split(":");
      const here = [...this.sessions.values()].find((one) => one.subject === subject);
      const playerId = here?.playerId ?? gone[subject];
      return playerId ? [{ kind, subject, playerId, appearance: here?.appearance ?? null }] : [];
    });
  }

  /** What was said before a report: by both, the offending line at last. */
  evidence(act) {
    const report = this.reports.find((one) => one.id === act);
    if (!report) return null;
    const { target, reporter } = report;
    const said = [
      [156, target, "whose boat is the red one"],
      [68, reporter, "Mine, I built it with my sister"],
      [43, target, "go back to the jetty lol"],
      [17, reporter, "Please stop"],
      [9, target, "nobody asked you, you and your sister are trash"],
    ];
    return said.map(([before, by, content], place) => ({
      id: `e${place}`,
      at: new Date(Date.parse(report.at) - before * 1000).toISOString(),
      playerId: by.playerId,
      author: by.name,
      content,
      about: by === target,
    }));
  }

  record(kind, subject) {
    const each = [...this.sessions.values()].find((one) => one.subject === subject);
    const day = 24 * 60 * MINUTE;
    const troubled = each?.name === "brk_99";
    const by = { id: "u2", name: "Old Pete" };
    const ago = (ms) => new Date(Date.now() - ms).toISOString();
    return {
      kind,
      subject,
      name: each?.name ?? "Somebody",
      user: null,
      firstSeenAt: new Date(Date.now() - 9 * day).toISOString(),
      lastSeenAt: new Date().toISOString(),
      addresses: [each?.address ?? "192.168.1.9"],
      sanctions: troubled
        ? [{ type: "mute", id: "m0", kind: "guest", subject, subjectName: each.name, reason: "Shouting", until: ago(2 * day - 20 * MINUTE), createdBy: { id: "u1", name: "Sofie" }, createdAt: ago(2 * day), liftedAt: ago(2 * day - 5 * MINUTE), liftedBy: by, active: false }]
        : [],
      warnings: troubled
        ? [
            { id: "w2", at: ago(4 * MINUTE), message: "Please stop", by: { id: "u1", name: "Sofie" }, readAt: null },
            { id: "w1", at: ago(5 * day), message: "spamming", by, readAt: ago(5 * day - MINUTE) },
          ]
        : [],
      kicks: troubled ? [{ id: "q1", at: ago(3 * day), reason: "Insults in chat", by }] : [],
      notes: troubled ? [{ id: "k1", at: new Date(Date.now() - day).toISOString(), author: by, text: "Says his little brother uses the same PC." }] : [],
      reports: this.reports.filter((one) => one.target.person?.subject === subject),
      reportsMade: troubled ? [] : this.reports.filter((one) => one.reporter.person?.subject === subject),
      visits: [0, 1, 2].map((place) => ({
        id: `v${place}`,
        beganAt: ago((place + 1) * day),
        endedAt: ago((place + 1) * day - (12 + 31 * place) * MINUTE),
        name: each?.name ?? "Somebody",
        how: ["left", "lost", "kicked"][place],
      })),
      visitTotals: { count: 3, totalMs: 129 * MINUTE },
      names: [each?.name ?? "Somebody", ...(troubled ? ["brk", "Breaker"] : [])].map((name, place) => ({ name, lastSeenAt: ago(place * day) })),
      messages: each ? [6, 5, 4, 1].map((place) => ({ ...this.message(place, Date.now() - place * 90_000, Number(each.id.slice(3))), id: `p${place}` })) : [],
      sameAddress: troubled ? [{ kind: "guest", subject: "b", name: "Captain", lastSeenAt: new Date().toISOString(), online: true }] : [],
    };
  }
}
