/**
 * Going in: what somebody brings along who joins, and what happens when the server lets them in or does not.
 *
 * It joins the entrance to the session; which scene is shown then is the page's.
 */

import type { Identity } from "@comutiny/client";
import type {
  AvatarLook,
  JoinAccepted,
  JoinRequest,
  Player,
  Refusal,
  SpriteAtlas,
} from "@comutiny/client/contract";
import type { Language } from "../languages";
import type { Visitor } from "./account";
import { Dressing } from "./hud/dressing";
import { Entrance } from "./hud/entrance";
import type { Sight } from "./hud/entrance-head";
import { appearanceOf, lookFromSeed } from "./look/look";
import { metadataOf } from "./look/worn";
import type { Bearing } from "./stage";
import { friendlyName, isTaken } from "./text/friendly-name";
import type { Speech } from "./text/speech";
import { type Portraits, type Sitter, sitterOf } from "./view/portrait";

export interface EntryParts {
  readonly speech: Speech;
  readonly identity: Identity;
  readonly visitor: Visitor;
  readonly portraits: Portraits;
  /** What `mapId` says of who walks on the map that is shown. */
  readonly mapId: string;
  readonly bearing: () => Bearing;
  readonly atlas: () => SpriteAtlas;
  /** Everybody who is in, as far as one sees it from outside. */
  readonly players: () => ReadonlyMap<string, Player>;
  readonly join: () => void;
  /** Joins anew, as who the visitor turned out to be. */
  readonly rejoin: () => void;
  readonly onAccount: () => void;
  readonly chooseLanguage: (code: Language) => void;
  /** In under this id. */
  readonly onIn: (playerId: string) => void;
  /** Still outside. */
  readonly onOut: () => void;
}

export class Entry {
  readonly entrance: Entrance;
  private readonly dressing: Dressing;
  /** The id that the last join asked for. */
  private askedAs = "";

  constructor(private readonly parts: EntryParts) {
    const { speech, portraits, identity } = parts;
    this.dressing = new Dressing(speech, portraits, (look) => {
      this.tryOn(look);
      this.entrance.turnToWardrobe(false);
    });
    this.entrance = new Entrance(
      {
        speech,
        portraits,
        name: identity.name,
        offer: (current) => this.offer(current),
        dressing: this.dressing,
      },
      {
        enter: (name, pin) => this.enter(name, pin),
        account: parts.onAccount,
        roll: () =>
          this.tryOn({ appearance: appearanceOf(lookFromSeed(`${Math.random()}`)), spriteAssetId: null }),
        dress: () => {
          this.dressing.show(this.sitter(), parts.atlas());
          this.entrance.turnToWardrobe(true);
        },
        chooseLanguage: parts.chooseLanguage,
      },
    );
    this.showFigure();
  }

  /** Asked at every join: a rejoin carries the newest position and look. */
  profile(): JoinRequest {
    const { identity, visitor, bearing, atlas, mapId } = this.parts;
    const { position, heading } = bearing();
    const { name, pin } = identity;
    this.askedAs = visitor.playerId;
    return {
      playerId: this.askedAs,
      name,
      position,
      animation: "idle",
      metadata: { mapId, heading, ...metadataOf(visitor.look, atlas()) },
      ...(pin !== "" && { pin }),
    };
  }

  answered(answer: JoinAccepted | Refusal): void {
    if (!answer.ok && answer.code === "reserved-id") {
      void this.recall(answer);
      return;
    }
    this.entrance.setBusy(false);
    if (!answer.ok) {
      this.refused(answer);
      return;
    }
    this.parts.onIn(answer.player.id);
    // A login became known while the guest was on the way in.
    if (this.isAnother()) this.parts.rejoin();
  }

  /** Logged in or out: an account's name is offered, and its look stands there. */
  visitorChanged(): void {
    const name = this.parts.visitor.account?.username ?? null;
    this.entrance.knows(name);
    this.entrance.suggest(name ?? "");
    this.showFigure();
  }

  /** What one sees of the world from outside, several times a second. */
  lookIn(sight: Sight | null): void {
    this.entrance.lookIn(sight);
  }

  /** Who will walk in: the look chosen, else the one this visitor is seen in, or is born with. */
  showFigure(): void {
    this.entrance.showFigure(this.sitter());
  }

  /** A login that this page did not know of yet goes in as the account; one that has ended is said. */
  private async recall(refusal: Refusal): Promise<void> {
    const { visitor } = this.parts;
    await visitor.recall();
    if (visitor.account !== null && this.isAnother()) {
      this.parts.join();
      return;
    }
    this.entrance.setBusy(false);
    this.refused(refusal);
  }

  /** The visitor is somebody else than who asked to come in. */
  private isAnother(): boolean {
    return this.parts.visitor.playerId !== this.askedAs;
  }

  private refused(refusal: Refusal): void {
    if (refusal.code === "banned") return;
    if (refusal.code === "pin-required" || refusal.code === "wrong-pin") {
      this.parts.identity.pin = "";
      this.entrance.askForPin();
    }
    // The field for the PIN explains itself.
    this.entrance.complain(refusal.code === "pin-required" ? "" : this.parts.speech.refusal(refusal));
    this.parts.onOut();
  }

  private sitter(): Sitter {
    const { visitor, atlas, players } = this.parts;
    const { playerId, look } = visitor;
    return sitterOf(playerId, look ? metadataOf(look, atlas()) : (players().get(playerId)?.metadata ?? {}));
  }

  private tryOn(look: AvatarLook): void {
    this.parts.visitor.tryOn(look);
    this.showFigure();
  }

  private offer(current: string | null): string {
    const names = Array.from(this.parts.players().values(), ({ name }) => name);
    if (current !== null && !isTaken(current, names)) return current;
    return friendlyName(this.parts.speech.text.nameWords, Math.random, names);
  }

  private enter(name: string, pin: string): void {
    const { identity, visitor, join } = this.parts;
    identity.name = name;
    if (pin !== "") identity.pin = pin;
    visitor.keepLook();
    this.entrance.setBusy(true);
    join();
  }
}
