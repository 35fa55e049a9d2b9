/**
 * Sharing the world: the panel with the link, and "come to me" as one walks.
 *
 * It joins the panel to the stage; what a link says is `invitation`'s.
 */
import type { Scheduler } from "@comutiny/client";
import { SharePanel } from "./hud/share-panel";
import type { Terrain } from "./map/terrain";
import { Meeting } from "./meeting";
import type { Stage } from "./stage";
import type { Speech } from "./text/speech";

export interface SharingParts {
  readonly speech: Speech;
  readonly scheduler: Scheduler;
  readonly stage: Stage;
  readonly terrain: Terrain;
  /** The address of the world, without a spot. */
  readonly address: string;
  readonly needsPin: () => boolean;
  /** The browser's own way to send a link, where it has one. */
  readonly send: ((link: string) => void) | null;
}

/** The spot follows the visitor at most this often, ms. */
const EVERY_MS = 250;
/** The picture of the spot, in CSS pixels. */
const STRIP = { width: 368, height: 96 };

export class Sharing {
  readonly panel: SharePanel;
  private readonly meeting: Meeting;
  private due = 0;

  constructor(private readonly parts: SharingParts) {
    const { speech, scheduler, stage, terrain, address } = parts;
    this.panel = new SharePanel({
      speech,
      address,
      needsPin: parts.needsPin,
      send: parts.send,
      after: (ms, run) => void scheduler.after(ms, run),
      onComeToMe: (on) => {
        this.meeting.turn(on);
        this.show();
      },
    });
    this.meeting = new Meeting({
      terrain,
      address,
      now: Date.now,
      self: () => stage.walker.position,
      others: () => [...stage.actors.all].filter(({ id }) => id !== stage.actors.selfId),
    });
    speech.render(() => this.show());
  }

  /** Who leaves the world is nobody to come to. */
  inWorld(inside: boolean): void {
    this.panel.inWorld(inside);
    if (inside) return;
    this.meeting.turn(false);
    this.show();
  }

  /** Called every frame. */
  tick(now: number): void {
    if (now < this.due) return;
    this.due = now + EVERY_MS;
    if (this.meeting.follow()) this.show();
    const { spot } = this.meeting;
    if (spot && this.panel.open) this.paintStrip();
  }

  private paintStrip(): void {
    const { strip } = this.panel;
    const ratio = globalThis.devicePixelRatio || 1;
    const [width, height] = [STRIP.width * ratio, STRIP.height * ratio].map(Math.round);
    if (width && height && strip.width !== width) Object.assign(strip, { width, height });
    const spot = this.meeting.spot?.spot;
    if (spot) this.parts.stage.copyAround(spot, strip);
  }

  private show(): void {
    const { speech, stage } = this.parts;
    const { spot } = this.meeting;
    stage.meeting = spot && { spot: spot.spot, words: speech.text.share.walkInHere };
    this.panel.meetAt(
      spot && { link: spot.link, place: speech.place(spot.area), until: speech.time(spot.until) },
    );
  }
}
