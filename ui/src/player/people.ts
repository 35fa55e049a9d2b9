/**
 * Who is here: the list of names and what one can do about somebody.
 *
 * In a crowd somebody changes in every frame, so the list is brought up to date on its own, slower beat.
 */
import type { Player } from "../contract";
import { headCount, type Session } from "../sdk";
import { PersonCard } from "./hud/person-card";
import { Roster } from "./hud/roster";
import type { Muted } from "./muted";
import type { Speech } from "./text/speech";
import type { Portraits } from "./view/portrait";

export interface PeopleParts {
  readonly session: Session;
  readonly speech: Speech;
  readonly muted: Muted;
  readonly portraits: Portraits;
  /** The visitor hears this one no more, or again. */
  readonly onMute: (id: string) => void;
  /** The list was looked through; the world's name and how many are in it. */
  readonly onCount: (people: { readonly world: string; readonly count: number } | null) => void;
}

/** The list is brought up to date at most this often, ms. */
const EVERY_MS = 250;

export class People {
  readonly roster: Roster;
  readonly card: PersonCard;
  private selfId: string | null = null;
  private due = 0;
  private stale = true;

  constructor(private readonly parts: PeopleParts) {
    const { session, speech, muted, portraits } = parts;
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
    });
    this.roster = new Roster(speech, muted, portraits, (id) => {
      const player = this.players.get(id);
      if (player) this.card.show(player);
    });
  }

  /** Who the visitor is in the list; `null` while looking on. */
  know(selfId: string | null): void {
    this.selfId = selfId;
    this.changed();
    this.due = 0;
  }

  changed(): void {
    this.stale = true;
  }

  /** Called every frame. */
  tick(now: number): void {
    if (!this.stale || now < this.due) return;
    this.stale = false;
    this.due = now + EVERY_MS;
    const { mirror } = this.parts.session;
    const { world } = mirror;
    this.roster.show(this.players.values(), this.selfId);
    this.parts.onCount(world ? { world: world.name, count: headCount(mirror) } : null);
  }

  private get players(): ReadonlyMap<string, Player> {
    return this.parts.session.mirror.players;
  }
}
