/**
 * A whole client in one object, for bots and other programs: a {@link Session} with the socket, the clock and the
 * randomness of Node or of a browser. A page that shows a person what happens wires a session by hand.
 */
import type {
  HandshakeAuth,
  JoinAccepted,
  JoinRequest,
  Player,
  Refusal,
  UpdateRequest,
} from "../contract/index.js";
import type { WorldEvent } from "./feed.js";
import { randomId } from "./identity.js";
import { Listeners } from "./listeners.js";
import { NO_ANSWER } from "./parse.js";
import { REAL_TIME } from "./real-time.js";
import { RefusedError } from "./refused-error.js";
import type { Outcome } from "./requests.js";
import { Session } from "./session.js";
import type { SessionState } from "./session-state.js";
import { Transports } from "./transports.js";
import type { Scheduler } from "./update-throttle.js";
import { openWire, type Wire } from "./wire.js";
import type { WorldMirror } from "./world-context.js";

/** Who joins and as what, how the handshake proves it, and edges that a test scripts. All of it may be left out. */
export interface WorldClientOptions
  extends Partial<JoinRequest>,
    Omit<HandshakeAuth, "features" | "protocol"> {
  readonly wire?: (address: string, auth: () => HandshakeAuth) => Wire;
  readonly scheduler?: Scheduler;
  /** In [0, 1). */
  readonly random?: () => number;
}

/** What a client tells: every event of the world by its type, and how the session fares as `state`. */
export type WorldClientEvents = { readonly [Event in WorldEvent as Event["type"]]: Event } & {
  readonly state: SessionState;
  /** The server speaks a newer protocol; said once. */
  readonly newerProtocol: number;
};

export class WorldClient {
  private readonly session: Session;
  private readonly listeners = new Listeners<WorldClientEvents>();
  private readonly profile: JoinRequest;
  private name: string | undefined;
  private secret: string | undefined;
  private started = false;
  private onJoin: ((answer: JoinAccepted | Refusal) => void) | null = null;

  constructor(address: string, options: WorldClientOptions = {}) {
    const { wire = opened, scheduler = REAL_TIME, random = Math.random, token, pin, ...own } = options;
    const { guestToken, runToken, playerId, ...profile } = own;
    const id = playerId ?? `guest-${randomId((bytes) => crypto.getRandomValues(bytes))}`;
    this.profile = { ...profile, playerId: id };
    this.name = profile.name;
    this.secret = guestToken;
    const proofs = () => ({ token, pin, runToken, guestToken: this.secret });
    this.session = new Session({
      wire: wire(address, () => ({ ...present(proofs()), features: [...this.session.features] })),
      scheduler,
      random,
      profile: () => this.asNow(),
      renewPlayerId: () => false,
      keepGuestToken: (kept) => {
        this.secret = kept;
      },
      listener: {
        onState: (state) => this.stateChanged(state),
        onWorld: (_, event) => this.listeners.tell(event.type, event as never),
        onJoin: (answer) => this.onJoin?.(answer),
        onNewerProtocol: (protocol) => this.listeners.tell("newerProtocol", protocol),
      },
    });
  }

  get state(): SessionState {
    return this.session.state;
  }

  /** The world as it is now. */
  get mirror(): WorldMirror {
    return this.session.mirror;
  }

  /** Under which id this client joins. */
  get playerId(): string {
    return this.profile.playerId;
  }

  /** This client's own player, while it is known. */
  get player(): Player | undefined {
    return this.mirror.players.get(this.playerId);
  }

  /** Proves after a restart that a guest's id is this program's own; known after the first join. */
  get guestToken(): string | undefined {
    return this.secret;
  }

  /** Tells `listener` of every such event from now on. Returns a way to hear no more of it. */
  on<Name extends keyof WorldClientEvents>(
    name: Name,
    listener: (value: WorldClientEvents[Name]) => void,
  ): () => void {
    return this.listeners.on(name, listener);
  }

  /**
   * Connects and looks on, until the world is known. Afterwards it comes back by itself after a lost connection.
   *
   * @throws {@link RefusedError} when nobody answers.
   */
  watch(): Promise<WorldMirror> {
    return new Promise((resolve, reject) => {
      if (this.mirror.world) {
        resolve(this.mirror);
        return;
      }
      const stop = [
        this.on("snapshot", () => settle(() => resolve(this.mirror))),
        this.on("state", (state) => {
          const refusal = endOf(state);
          if (refusal) settle(() => reject(new RefusedError(refusal)));
        }),
      ];
      const settle = (done: () => void) => {
        for (const each of stop) each();
        done();
      };
      this.start();
    });
  }

  /**
   * Enters the world as a player, and from now on again after every lost connection.
   *
   * @throws {@link RefusedError} when the server says no; then this client goes on looking on.
   */
  async join(): Promise<Player> {
    await this.watch();
    return new Promise((resolve, reject) => {
      const stop = this.on("state", (state) => settle(endOf(state)));
      const settle = (answer: JoinAccepted | Omit<Refusal, "ok"> | undefined) => {
        if (!answer) return;
        stop();
        this.onJoin = null;
        if ("player" in answer) resolve(answer.player);
        else reject(new RefusedError(answer));
      };
      this.onJoin = settle;
      this.session.join();
    });
  }

  /** Changes this player; what is left out stays. The newest state goes out at most 20 times a second. */
  update(change: UpdateRequest): void {
    this.name = change.name ?? this.name;
    this.session.update(change);
  }

  /** Stands there now: x to the right, z towards the viewer, in tiles. */
  moveTo(x: number, z: number, animation = "walk"): void {
    this.update({ position: { x, z }, animation });
  }

  /** A line of chat. */
  say(content: string): Promise<Outcome> {
    return this.session.sendChat(content);
  }

  /** Shows a feeling over this player's head, for a moment. */
  emote(name: string): Promise<Outcome> {
    return this.session.emote(name);
  }

  /** Steps out of the world but stays connected, looking on. */
  leave(): void {
    this.session.leave();
  }

  /** Ends the connection for good. */
  close(): void {
    this.session.close();
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.session.start();
  }

  private stateChanged(state: SessionState): void {
    this.listeners.tell("state", state);
  }

  /** As the server knows this player, so that it comes back where it was; but under the name it gave itself. */
  private asNow(): JoinRequest {
    const { name, profile, player } = this;
    const { position, animation, metadata } = player ?? profile;
    return { ...profile, ...present({ name, position, animation, metadata }) };
  }
}

/** Connects and looks on: a client that is nobody's player. */
export async function watchWorld(address: string, options?: WorldClientOptions): Promise<WorldClient> {
  return ready(new WorldClient(address, options), (client) => client.watch());
}

/** Connects and joins. */
export async function enterWorld(address: string, options?: WorldClientOptions): Promise<WorldClient> {
  return ready(new WorldClient(address, options), (client) => client.join());
}

/** What is learnt of websockets is kept for as long as the program runs. */
const opened = (address: string, auth: () => HandshakeAuth): Wire =>
  openWire(address, new Transports(null, REAL_TIME.now), auth);

/** A client that did not come in is closed: nobody else could. */
async function ready(client: WorldClient, open: (client: WorldClient) => Promise<unknown>) {
  try {
    await open(client);
    return client;
  } catch (refused) {
    client.close();
    throw refused;
  }
}

/** Why waiting for an answer is over, where it is. */
function endOf(state: SessionState): Omit<Refusal, "ok"> | undefined {
  if (state.kind === "terminated") return state;
  return state.kind === "reconnecting" ? { code: NO_ANSWER, message: "Nobody answers there." } : undefined;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without what is `undefined`. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
