/**
 * What a client requests of the server, and the answers after parsing. Every request is answered: a lost connection or a
 * silent server is a refusal with the code `no-answer`.
 *
 * It knows the wire and no state: whether a request makes sense now is the session's to decide.
 */
import type {
  Ack,
  ClientToServerEvents,
  JoinAccepted,
  JoinRequest,
  Player,
  Refusal,
  UpdateRequest,
} from "../contract/index.js";
import { Acks } from "./acks.js";
import { fieldsOf, own, text } from "./fields.js";
import { isAccepted, parseJoinAck, parsePlayer, parseRefusal } from "./parse.js";
import type { Scheduler } from "./update-throttle.js";
import type { Wire } from "./wire.js";

/** Longest wait for a join, ms: the whole world comes before its answer, over a slow line too. A connection that is
 * dead meanwhile is found by its heartbeat. */
const JOIN_TIMEOUT_MS = 60_000;

export type Outcome = { readonly ok: true } | Refusal;

/** Events with a payload, and an ack of which only the yes counts. One that is declared anew is among them at once. */
export type PlainRequest = Exclude<
  keyof ClientToServerEvents,
  "player:join" | "player:update" | "player:leave" | "session:ticket" | "world:resync"
>;

export type PayloadOf<Name extends PlainRequest> = Parameters<ClientToServerEvents[Name]>[0];

/** The player as the server now has it, where the answer could be read. */
export type Updated = { readonly ok: true; readonly player: Player | undefined } | Refusal;

export class Requests {
  private readonly acks: Acks;

  constructor(
    private readonly wire: Wire,
    scheduler: Scheduler,
  ) {
    this.acks = new Acks(scheduler);
  }

  async join(request: JoinRequest): Promise<JoinAccepted | Refusal> {
    const emit = (ack: Ack) => this.wire.emit("player:join", request, ack);
    return parseJoinAck(await this.acks.ask(emit, JOIN_TIMEOUT_MS));
  }

  async update(change: UpdateRequest): Promise<Updated> {
    const answer = await this.acks.ask((ack) => this.wire.emit("player:update", change, ack));
    if (!isAccepted(answer)) return parseRefusal(answer);
    return { ok: true, player: parsePlayer(own(fieldsOf(answer) ?? {}, "player")) };
  }

  async plain<Name extends PlainRequest>(name: Name, payload: PayloadOf<Name>): Promise<Outcome> {
    const args = (ack: Ack) => [payload, ack] as Parameters<ClientToServerEvents[Name]>;
    const answer = await this.acks.ask((ack) => this.wire.emit(name, ...args(ack)));
    return isAccepted(answer) ? { ok: true } : parseRefusal(answer);
  }

  /** Proves to a login that this socket is its page's; `undefined` where the server knows no tickets. */
  async ticket(): Promise<string | undefined> {
    const answer = await this.acks.ask((ack) => this.wire.emit("session:ticket", ack));
    return isAccepted(answer) ? text(fieldsOf(answer) ?? {}, "ticket") : undefined;
  }

  /** Asks for the whole world again. */
  async resync(): Promise<Outcome> {
    const answer = await this.acks.ask((ack) => this.wire.emit("world:resync", ack));
    return isAccepted(answer) ? { ok: true } : parseRefusal(answer);
  }

  /** Needs no answer: the player is gone in any case. */
  leave(): void {
    this.wire.emit("player:leave", () => {});
  }

  /** The connection is gone, and with it every answer still on its way. */
  abandon(): void {
    this.acks.abandon();
  }
}
