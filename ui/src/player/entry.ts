/**
 * Going in: what somebody brings along who joins, and what happens when the server lets them in or does not.
 *
 * It joins the entrance to the session; which scene is shown then is the page's.
 */
import type { JoinAccepted, JoinRequest, Refusal, SpriteAtlas } from "../contract";
import type { Identity } from "../sdk";
import type { Visitor } from "./account";
import { Entrance } from "./hud/entrance";
import { metadataOf } from "./look/worn";
import { MAP_ID } from "./map/harbour";
import type { Bearing } from "./stage";
import type { Speech } from "./text/speech";

export interface EntryParts {
  readonly speech: Speech;
  readonly identity: Identity;
  readonly visitor: Visitor;
  readonly bearing: () => Bearing;
  readonly atlas: () => SpriteAtlas;
  readonly join: () => void;
  readonly onAccount: () => void;
  /** In under this id. */
  readonly onIn: (playerId: string) => void;
  /** Still outside. */
  readonly onOut: () => void;
}

export class Entry {
  readonly entrance: Entrance;

  constructor(private readonly parts: EntryParts) {
    this.entrance = new Entrance(parts.speech, parts.identity.name, {
      enter: (name, pin) => this.enter(name, pin),
      account: parts.onAccount,
    });
  }

  /** Asked at every join: a rejoin carries the newest position and look. */
  profile(): JoinRequest {
    const { identity, visitor, bearing, atlas } = this.parts;
    const { position, heading } = bearing();
    const { name, pin } = identity;
    return {
      playerId: visitor.playerId,
      name,
      position,
      animation: "idle",
      metadata: { mapId: MAP_ID, heading, ...metadataOf(visitor.look, atlas()) },
      ...(pin !== "" && { pin }),
    };
  }

  answered(answer: JoinAccepted | Refusal): void {
    this.entrance.setBusy(false);
    if (answer.ok) {
      this.parts.onIn(answer.player.id);
      return;
    }
    if (answer.code === "banned") return;
    if (answer.code === "pin-required" || answer.code === "wrong-pin") {
      this.parts.identity.pin = "";
      this.entrance.askForPin();
    }
    if (answer.code === "reserved-id") void this.parts.visitor.recall();
    // The field for the PIN explains itself.
    this.entrance.complain(answer.code === "pin-required" ? "" : this.parts.speech.refusal(answer));
    this.parts.onOut();
  }

  /** Logged in or out: an account's name is offered. */
  visitorChanged(): void {
    const name = this.parts.visitor.account?.username ?? null;
    this.entrance.knows(name);
    this.entrance.suggest(name ?? "");
  }

  private enter(name: string, pin: string): void {
    const { identity, join } = this.parts;
    identity.name = name;
    if (pin !== "") identity.pin = pin;
    this.entrance.setBusy(true);
    join();
  }
}
