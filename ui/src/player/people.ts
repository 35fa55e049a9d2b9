/**
 * Who is here: the list of names and what one can do about somebody.
 *
 * In a crowd somebody changes in every frame, so the list is brought up to date on its own, slower beat.
 */

import { headCount, type Session, type WorldMirror } from "@comutiny/client";
import type { Player } from "@comutiny/client/contract";
import type { CardPlace } from "./hud/card-place";
import type { Sight } from "./hud/entrance-head";
import { PersonCard, type PersonDesk } from "./hud/person-card";
import { Roster } from "./hud/roster";
import type { Terrain } from "./map/terrain";
import type { Muted } from "./muted";
import type { Speech } from "./text/speech";
import { isElsewhere } from "./view/actors";
import { type Portraits, sitterOf } from "./view/portrait";

/** `onKnown`: who somebody is, once that is known. */
export type MakeDesk = (player: Player, onKnown: (words: string) => void) => PersonDesk;

export interface PeopleParts {
  readonly session: Session;
  readonly speech: Speech;
  readonly muted: Muted;
  readonly portraits: Portraits;
  /** The map that is shown. */
  readonly terrain: Terrain;
  /** The visitor hears this one no more, or again. */
  readonly onMute: (id: string) => void;
  readonly walkTo: (id: string) => void;
  /** Where somebody is on the screen, for a card beside them. */
  readonly placeOf: (id: string) => CardPlace;
  /** Whose card is open; the world marks them. */
  readonly onChosen: (id: string | null) => void;
  /** The list was looked through; what one sees of the world from outside. */
  readonly onCount: (sight: Sight | null) => void;
}

/** The list is brought up to date at most this often, ms. */
const EVERY_MS = 250;
/** As many faces as the entrance shows. */
const MOST_HEADS = 4;

export class People {
  readonly roster: Roster;
  readonly card: PersonCard;
  private selfId: string | null = null;
  /** What a moderator sees on a card; `null` for everybody else. */
  makeDesk: MakeDesk | null = null;
  private due = 0;
  private stale = true;

  constructor(private readonly parts: PeopleParts) {
    const { session, speech, muted, portraits, terrain } = parts;
    this.card = new PersonCard(speech, muted, portraits, {
      onMute: (id) => {
        muted.toggle(id);
        parts.onMute(id);
        this.changed();
      },
      report: async (id, reason) => {
        const answer = await session.report(id, reason);
        return answer.ok ? undefined : speech.refusal(answer);
      },
      walkTo: (id) => parts.walkTo(id),
      about: (player) => this.about(player),
      desk: (player) => this.makeDesk?.(player, (words) => this.describe(player, words)) ?? null,
      onClose: () => this.choose(null),
    });
    this.roster = new Roster(speech, muted, portraits, terrain.id, (id) => this.open(id));
  }

  /** Who the visitor is in the list; `null` while looking on. */
  know(selfId: string | null): void {
    this.selfId = selfId;
    if (selfId === null) this.card.close();
    this.changed();
    this.due = 0;
  }

  changed(): void {
    this.stale = true;
  }

  /** Somebody is gone: there is nobody left to have a card about. */
  left(id: string): void {
    if (this.card.openOn === id) this.card.close();
  }

  /** Called every frame. */
  tick(now: number): void {
    if (!this.stale || now < this.due) return;
    this.stale = false;
    this.due = now + EVERY_MS;
    this.roster.show(this.players.values(), this.selfId, this.parts.session.mirror.staff);
    this.parts.onCount(this.sight());
  }

  /** Opens the card about somebody, from their name or from their figure. */
  open(id: string): void {
    const player = this.players.get(id);
    if (!player) return;
    this.choose(id);
    this.card.show(player, this.parts.placeOf(id));
  }

  private choose(id: string | null): void {
    this.roster.choose(id);
    this.parts.onChosen(id);
  }

  private sight(): Sight | null {
    const { mirror } = this.parts.session;
    const { world } = mirror;
    if (!world) return null;
    const heads = [];
    for (const { id, metadata } of this.players.values()) {
      if (heads.length === MOST_HEADS) break;
      heads.push(sitterOf(id, metadata));
    }
    return { world: world.name, count: headCount(mirror), heads, host: hostIn(mirror) };
  }

  private describe(player: Player, words: string): void {
    const place = this.about(player);
    const where = place === "" ? "" : `, ${place.charAt(0).toLowerCase()}${place.slice(1)}`;
    this.card.describe(player.id, `${words}${where}`);
  }

  /** Where they are, in words. */
  private about(player: Player): string {
    const { speech, terrain } = this.parts;
    if (isElsewhere(player, terrain.id)) return speech.text.elsewhere;
    return speech.place(terrain.areaAt(player.position));
  }

  private get players(): ReadonlyMap<string, Player> {
    return this.parts.session.mirror.players;
  }
}

/** The name of the host who came in first. */
function hostIn({ players, staff }: WorldMirror): string | null {
  for (const { id, name } of players.values()) if (staff.get(id) === "host") return name;
  return null;
}
