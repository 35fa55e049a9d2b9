/**
 * One visitor's session: connects, joins, comes back after a lost connection as the same player, and ends for good
 * when the server says so.
 *
 * It keeps the mirror and the state and tells listeners; it draws nothing and touches no DOM. Socket, clock, timers and
 * randomness are handed in. The socket is open before anybody joins: who only looks on sees the world as well.
 */

import { PROTOCOL } from "../contract/generated/contract.js";
import type {
  JoinAccepted,
  Player,
  Refusal,
  RefusalCode,
  SessionTerminated,
  Snapshot,
  UpdateRequest,
} from "../contract/index.js";
import { FEED, PASSING, type PassingEvent } from "./feed.js";
import { PackedEvents } from "./packed.js";
import { NO_ANSWER, parseRefusal, parseTerminated } from "./parse.js";
import { Reconnector } from "./reconnector.js";
import { type Outcome, type PayloadOf, type PlainRequest, Requests } from "./requests.js";
import type { SessionParts } from "./session-parts.js";
import { nextState, type SessionSignal, type SessionState } from "./session-state.js";
import { UpdateThrottle } from "./update-throttle.js";
import { type Reading, Updates } from "./updates.js";
import { EMPTY_MIRROR, type MirrorEvent, reduceWorld, type WorldMirror } from "./world-context.js";

/** Refusals that pass by themselves: joining again a little later is what the visitor would do. */
const PASSING_REFUSALS: ReadonlySet<string> = new Set<RefusalCode | typeof NO_ANSWER>([
  "rate-limited",
  "unavailable",
  NO_ANSWER,
]);

type Readers<Event> = ReadonlyMap<string, (payload: unknown) => Event | undefined>;

/** What happens in the world, by the names on the wire. */
const KEPT: Readers<MirrorEvent> = new Map(Object.entries(FEED));
const SHOWN: Readers<PassingEvent> = new Map(Object.entries(PASSING));

export class Session {
  private current: SessionState = { kind: "connecting" };
  private world: WorldMirror = EMPTY_MIRROR;
  private wantsIn = false;
  private provenAnew = false;
  private metNewerProtocol = false;
  /** Under which id this client is in the world, or was on this connection. */
  private selfId: string | null = null;
  private readonly requests: Requests;
  private readonly reconnector: Reconnector;
  private readonly arriving = new Updates();
  private readonly packed = new PackedEvents();
  private readonly updates: UpdateThrottle;

  constructor(private readonly parts: SessionParts) {
    this.requests = new Requests(parts.wire, parts.scheduler);
    this.reconnector = new Reconnector(parts.scheduler, parts.random, () => this.tryAgain());
    this.updates = new UpdateThrottle((update) => this.sendUpdate(update), parts.scheduler);
    this.listen();
  }

  get state(): SessionState {
    return this.current;
  }

  get mirror(): WorldMirror {
    return this.world;
  }

  /** What the handshake asks for. */
  get features(): readonly string[] {
    return [...this.arriving.features, "lean", "log", ...this.packed.features];
  }

  start(): void {
    this.parts.wire.connect();
  }

  /**
   * Enters the world as soon as there is a connection, and from now on comes back by itself. A refusal leaves the
   * visitor looking on.
   */
  join(): void {
    this.wantsIn = true;
    if (this.current.kind === "live" && this.current.presence === "watching")
      void this.askToJoin().then(this.joined);
  }

  /** Joins anew on the same connection, for a visitor who is somebody else now. The former player leaves by it. */
  rejoin(): void {
    if (!this.isIn()) return;
    this.updates.clear();
    this.signal({ type: "presence", presence: "watching" });
    this.join();
  }

  /** Queues a change of this player; the newest state goes out at most 20 times a second. */
  update(change: UpdateRequest): void {
    if (this.isIn()) this.updates.push(change);
  }

  sendChat(content: string): Promise<Outcome> {
    return this.request("chat:message", { content });
  }

  /** Shows a feeling over this player's head, for a moment. */
  emote(name: string): Promise<Outcome> {
    return this.request("player:emote", { name });
  }

  /** The visitor read a warning. A session that ended meanwhile cannot say so any more. */
  read(warningId: string): Promise<Outcome> {
    return this.request("moderation:read", { id: warningId });
  }

  report(playerId: string, reason: string): Promise<Outcome> {
    return this.request("player:report", { playerId, reason });
  }

  /** Any other request that has no rules of its own here. Without a connection nothing is sent. */
  async request<Name extends PlainRequest>(name: Name, payload: PayloadOf<Name>): Promise<Outcome> {
    if (this.current.kind !== "live") return parseRefusal(undefined);
    const answer = await this.requests.plain(name, payload);
    this.noticePlace(answer);
    return answer;
  }

  /** What a login takes along, so that this socket becomes the account's; `undefined` without a connection. */
  ticket(): Promise<string | undefined> {
    return this.current.kind === "live" ? this.requests.ticket() : Promise.resolve(undefined);
  }

  /** Steps out of the world but stays connected, looking on. */
  leave(): void {
    this.wantsIn = false;
    this.updates.clear();
    if (!this.isIn()) return;
    this.requests.leave();
    this.signal({ type: "presence", presence: "watching" });
    // The server tells everybody else.
    if (this.selfId !== null) this.apply({ type: "left", id: this.selfId });
  }

  /** Ends the connection at this client's own wish. */
  close(): void {
    this.leave();
    this.reconnector.callOff();
    this.requests.abandon();
    this.signal({ type: "terminated", ended: parseTerminated(undefined) });
    this.parts.wire.disconnect();
  }

  /** Does not wait for the countdown. */
  retryNow(): void {
    this.reconnector.now();
  }

  /** After a termination, at the visitor's wish: a new connection that joins by itself. */
  resume(): void {
    if (this.current.kind !== "terminated") return;
    this.world = { ...this.world, ended: null };
    this.wantsIn = true;
    this.reconnector.succeeded();
    this.signal({ type: "resumed" });
    this.parts.wire.connect();
  }

  private listen(): void {
    const { wire } = this.parts;
    wire.on("connect", () => this.connected());
    wire.on("connect_error", () => this.lost());
    wire.on("disconnect", (reason) => this.disconnected(reason));
    wire.on("players:updated", (payload) => this.act(this.arriving.read(payload)));
    wire.on("session:terminated", (payload) => this.terminated(parseTerminated(payload)));
    wire.on("events:packed", (payload) => this.unpack(payload));
    for (const name of [...KEPT.keys(), ...SHOWN.keys()])
      wire.on(name, (payload) => this.hear(name, payload));
  }

  private hear(name: string, payload: unknown): void {
    const event = KEPT.get(name)?.(payload);
    if (event) this.apply(event);
    const shown = SHOWN.get(name)?.(payload);
    if (shown && this.current.kind !== "terminated") this.parts.listener.onWorld(this.world, shown);
  }

  private unpack(payload: unknown): void {
    const events = this.packed.read(payload);
    if (!events) this.reconnectLater();
    const faults: unknown[] = [];
    for (const [name, event] of events ?? []) {
      try {
        this.hear(name, event);
      } catch (fault) {
        // A listener's fault with one takes no other away, as when each comes alone.
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  private act(reading: Reading): void {
    switch (reading.kind) {
      case "patches":
        if (reading.patches.length > 0) this.apply({ type: "updated", patches: reading.patches });
        break;
      case "resync":
        void this.requests.resync().then((answer) => {
          // A connection that is lost meanwhile is no refusal.
          if (!answer.ok && this.current.kind === "live") this.act(this.arriving.refused());
        });
        break;
      case "reconnect":
        // What it held is lost. A new connection brings a snapshot, and then a simpler form.
        this.reconnectLater();
    }
  }

  private connected(): void {
    this.selfId = null;
    this.arriving.connected();
    this.signal({ type: "connected" });
    if (!this.wantsIn) {
      this.reconnector.succeeded();
      return;
    }
    void this.askToJoin().then((answer) => {
      if (!answer.ok && PASSING_REFUSALS.has(answer.code)) this.reconnectLater();
      else this.joined(answer);
    });
  }

  private readonly joined = (answer: JoinAccepted | Refusal): void => {
    if (!answer.ok && answer.code === "reserved-id" && !this.provenAnew) {
      // A login the connection does not know of yet is proven by a new handshake.
      this.provenAnew = true;
      this.parts.wire.disconnect();
      this.parts.wire.connect();
      return;
    }
    this.provenAnew = false;
    if (!answer.ok) this.wantsIn = false;
    this.parts.listener.onJoin(answer);
  };

  private async askToJoin(): Promise<JoinAccepted | Refusal> {
    if (this.current.kind !== "live") return parseRefusal(undefined);
    this.signal({ type: "presence", presence: "joining" });
    let answer = await this.requests.join(this.parts.profile());
    if (!answer.ok && answer.code === "id-in-use" && this.parts.renewPlayerId())
      answer = await this.requests.join(this.parts.profile());
    if (answer.ok) this.entered(answer);
    else if (answer.code === "banned") this.terminated(endOfBanned(answer));
    else this.signal({ type: "presence", presence: "watching" });
    return answer;
  }

  private entered(answer: JoinAccepted): void {
    this.reconnector.succeeded();
    if (answer.guestToken !== undefined) this.parts.keepGuestToken(answer.guestToken);
    const { state, player } = answer;
    const before = this.selfId;
    this.selfId = player.id;
    // With "lean" the world came before, and what happened since is in the mirror, but for what this client did.
    if (state) {
      this.apply({ type: "snapshot", snapshot: withSelf(state, player) });
    } else {
      if (before !== null && before !== player.id) this.apply({ type: "left", id: before });
      this.apply({ type: "entered", player });
    }
    this.signal({ type: "presence", presence: "joined" });
  }

  private reconnectLater(): void {
    if (this.current.kind !== "live") return;
    this.lost();
    this.parts.wire.disconnect();
  }

  private disconnected(reason: unknown): void {
    if (reason === "io client disconnect") return;
    // The server ended the connection without a word. Coming back unasked could evict another tab for ever.
    if (reason === "io server disconnect") this.terminated(parseTerminated(undefined));
    else this.lost();
  }

  private lost(): void {
    this.requests.abandon();
    this.updates.clear();
    if (this.current.kind === "terminated" || this.reconnector.isWaiting) return;
    this.signal({ type: "lost", ...this.reconnector.wait() });
  }

  private tryAgain(): void {
    this.signal({ type: "trying" });
    this.parts.wire.connect();
  }

  private terminated(ended: SessionTerminated): void {
    if (this.current.kind === "terminated") return;
    this.wantsIn = false;
    this.reconnector.callOff();
    this.apply({ type: "ended", ended });
    this.signal({ type: "terminated", ended });
    this.requests.abandon();
    this.updates.clear();
    this.parts.wire.disconnect();
  }

  /** The server gave this player's place away, as after a password change elsewhere: it is asked for again. */
  private noticePlace(answer: { readonly ok: true } | Refusal): void {
    if (!answer.ok && answer.code === "not-joined") this.rejoin();
  }

  private async sendUpdate(update: UpdateRequest): Promise<"taken" | "again" | "refused"> {
    if (!this.isIn()) return "refused";
    const answer = await this.requests.update(update);
    if (answer.ok) {
      // Nobody else is told of this client's own changes: what the server made of them stands in its answer.
      if (answer.player) this.apply({ type: "updated", patches: [{ ...answer.player, whole: true }] });
      return "taken";
    }
    this.noticePlace(answer);
    return this.isIn() && answer.code === "rate-limited" ? "again" : "refused";
  }

  private isIn(): boolean {
    return this.current.kind === "live" && this.current.presence === "joined";
  }

  private apply(event: MirrorEvent): void {
    if (this.current.kind === "terminated") return;
    const next = reduceWorld(this.world, event);
    if (next === this.world) return;
    this.world = next;
    this.parts.listener.onWorld(next, event);
    if (event.type === "snapshot") this.compareProtocols();
  }

  /** A newer server goes on serving this client; whoever runs it should hear once that it is old. */
  private compareProtocols(): void {
    const protocol = this.world.world?.protocol ?? PROTOCOL;
    if (protocol <= PROTOCOL || this.metNewerProtocol) return;
    this.metNewerProtocol = true;
    this.parts.listener.onNewerProtocol?.(protocol);
  }

  private signal(signal: SessionSignal): void {
    const next = nextState(this.current, signal);
    if (next === this.current) return;
    this.current = next;
    this.parts.listener.onState(next);
  }
}

/** The ack's own player wins over the snapshot, which may have been made a moment before. */
function withSelf(state: Snapshot, player: Player) {
  const others: readonly Player[] = state.players.filter((other) => other.id !== player.id);
  return { ...state, players: [...others, player] };
}

/** A refusal has no field for the reason of every server: then its sentence ends with it. */
function endOfBanned({ message, reason, until }: Refusal): SessionTerminated {
  const because = reason ?? /\bReason: (.+)$/s.exec(message)?.[1] ?? "";
  return { code: "banned", message, reason: because, ...(until !== undefined && { until }) };
}
