/**
 * "Come to me": a link that leads beside the one who sends it, for an hour, wherever they walk meanwhile.
 *
 * It knows map, clock and who stands where, and no panel.
 */
import type { Spot } from "@comutiny/client/contract";
import { linkTo } from "./invitation";
import { besideOf } from "./map/beside";
import type { Terrain } from "./map/terrain";

/** How long such a link leads here, ms. */
const LASTS_MS = 3600_000;

export interface MeetingParts {
  readonly terrain: Terrain;
  readonly address: string;
  /** ms since 1970. */
  readonly now: () => number;
  readonly self: () => Spot;
  readonly others: () => readonly Spot[];
}

/** Where friends walk in. */
export interface MeetingSpot {
  readonly spot: Spot;
  readonly link: string;
  /** The map's word for the corner it is in. */
  readonly area: string | null;
  /** ms since 1970. */
  readonly until: number;
}

export class Meeting {
  private until: number | null = null;
  private current: MeetingSpot | null = null;
  /** Where the visitor stood when it was chosen. */
  private chosenAt: Spot | null = null;

  constructor(private readonly parts: MeetingParts) {}

  /** `null` while it is off, when its hour is over, and where there is no room beside the visitor. */
  get spot(): MeetingSpot | null {
    return this.current;
  }

  turn(on: boolean): void {
    this.until = on ? this.parts.now() + LASTS_MS : null;
    this.current = null;
    this.chosenAt = null;
    this.follow();
  }

  /** Moves with the visitor. Answers whether it changed. */
  follow(): boolean {
    const { terrain, address, now, self, others } = this.parts;
    const before = this.current;
    if (this.until === null || now() >= this.until) {
      this.until = null;
      this.current = null;
      return before !== null;
    }
    const { x, z } = self();
    if (this.chosenAt && this.chosenAt.x === x && this.chosenAt.z === z) return false;
    this.chosenAt = { x, z };
    const spot = besideOf(terrain, { x, z }, others());
    this.current = spot && {
      spot,
      link: linkTo(address, spot, this.until),
      area: terrain.areaAt(spot),
      until: this.until,
    };
    return true;
  }
}
