/**
 * What a client requests of the server, and the answers after parsing. Every request is answered: a lost connection or a
 * silent server is a refusal with the code `no-answer`.
 *
 * It knows the wire and no state: whether a request makes sense now is the session's to decide.
 */
import type { Ack, JoinAccepted, JoinRequest, Player, Refusal, UpdateRequest } from "../contract";
import { Acks } from "./acks";
import { fieldsOf, own, text } from "./fields";
import { isAccepted, parseJoinAck, parsePlayer, parseRefusal } from "./parse";
import type { Scheduler } from "./update-throttle";
import type { Wire } from "./wire";

export type Outcome = { readonly ok: true } | Refusal;

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
    return parseJoinAck(await this.acks.ask((ack) => this.wire.emit("player:join", request, ack)));
  }

  async update(change: UpdateRequest): Promise<Updated> {
    const answer = await this.acks.ask((ack) => this.wire.emit("player:update", change, ack));
    if (!isAccepted(answer)) return parseRefusal(answer);
    return { ok: true, player: parsePlayer(own(fieldsOf(answer) ?? {}, "player")) };
  }

  sendChat(content: string): Promise<Outcome> {
    return this.done((ack) => this.wire.emit("chat:message", { content }, ack));
  }

  emote(name: string): Promise<Outcome> {
    return this.done((ack) => this.wire.emit("player:emote", { name }, ack));
  }

  report(playerId: string, reason: string): Promise<Outcome> {
    return this.done((ack) => this.wire.emit("player:report", { playerId, reason }, ack));
  }

  read(id: string): Promise<Outcome> {
    return this.done((ack) => this.wire.emit("moderation:read", { id }, ack));
  }

  /** Proves to a login that this socket is its page's; `undefined` where the server knows no tickets. */
  async ticket(): Promise<string | undefined> {
    const answer = await this.acks.ask((ack) => this.wire.emit("session:ticket", ack));
    return isAccepted(answer) ? text(fieldsOf(answer) ?? {}, "ticket") : undefined;
  }

  /** Needs no answer: the player is gone in any case. */
  leave(): void {
    this.wire.emit("player:leave", () => {});
  }

  /** The connection is gone, and with it every answer still on its way. */
  abandon(): void {
    this.acks.abandon();
  }

  private async done(emit: (ack: Ack) => void): Promise<Outcome> {
    const answer = await this.acks.ask(emit);
    return isAccepted(answer) ? { ok: true } : parseRefusal(answer);
  }
}
