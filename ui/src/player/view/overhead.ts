/**
 * What floats over people: name tags, and the bubbles of what they say and feel.
 *
 * Text keeps its size however near the world is, so everything here is measured in CSS pixels times the screen's ratio.
 */
import type { Canvas2d } from "../art/brush";
import { PERSON_HEIGHT } from "../art/person";
import type { DrawnActor } from "./actors";
import { type Placed, placeApart, type Room } from "./apart";
import type { Bubble } from "./bubbles";
import { PHONE_WIDTH } from "./camera";
import { Labels, TAG_HEIGHT, type TagBadge } from "./labels";
import type { Picture } from "./picture";
import { tagsWithRoom } from "./tag-room";

/** An actor in view and where his feet are, in device pixels. */
export interface Seen {
  readonly actor: DrawnActor;
  readonly x: number;
  readonly y: number;
}

export interface Over {
  /** Device pixels per art pixel. */
  readonly scale: number;
  readonly seen: readonly Seen[];
  readonly selfId: string | null;
  readonly bubbles: readonly Bubble[];
  /** What a moderator is called. */
  readonly moderator: string;
  /** Reduced motion: bubbles appear without growing. */
  readonly calm: boolean;
}

/** Gaps above a head, CSS pixels. */
const TAG_GAP = 2;
const BUBBLE_GAP = 5;
const VIEW_MARGIN = 8;
/** What the panels at the top of a phone take, CSS pixels. */
const PHONE_TOP = 64;
/** More people than this in view are a crowd. */
const CROWD = 24;
/** What of the own person below his tag no bubble covers, CSS pixels. */
const OWN_HEAD = 44;
/** How large a bubble is when it begins to grow. */
const BORN = 0.6;

export class Overhead {
  private labels = new Labels(1);
  private ratio = 1;
  private moderator = "";
  /** Whose tags the last frame showed, in a crowd. */
  private tagged: ReadonlySet<string> = new Set();

  constructor(private readonly c: Canvas2d) {}

  /** After the fonts arrived, or on another screen, everything is painted anew. */
  forgetText(ratio = this.ratio): void {
    this.ratio = ratio;
    this.labels = new Labels(ratio);
  }

  /** A sign below a point, in the colour of what is no person. */
  drawSign(words: string, { x, y }: { readonly x: number; readonly y: number }): void {
    const { image, width } = this.labels.sign(words);
    this.c.drawImage(image, Math.round(x - width / 2), y);
  }

  draw(over: Over): void {
    this.moderator = over.moderator;
    const shown = over.seen.length > CROWD ? this.chooseTags(over) : null;
    let self: Seen | undefined;
    for (const each of over.seen) {
      if (each.actor.id === over.selfId) self = each;
      else if (!shown || shown.has(each.actor.id)) this.drawTag(each, over.scale, false);
    }
    if (self) this.drawTag(self, over.scale, true);
    if (over.bubbles.length > 0) this.drawBubbles(over);
  }

  /** The own tag and those of speakers stand first. */
  private chooseTags({ seen, scale, selfId, bubbles }: Over): ReadonlySet<string> {
    const speaking = new Set(bubbles.map(({ playerId }) => playerId));
    const height = TAG_HEIGHT * this.ratio;
    const wishes = seen.map((each) => {
      const { id } = each.actor;
      const { width } = this.tagOf(each, id === selfId);
      const box = { x: each.x - width / 2, y: this.tagTop(each, scale), width, height };
      return { id, box, first: id === selfId || speaking.has(id) };
    });
    this.tagged = tagsWithRoom(wishes, this.tagged);
    return this.tagged;
  }

  private drawTag(seen: Seen, scale: number, own: boolean): void {
    const { image, width } = this.tagOf(seen, own);
    this.c.drawImage(image, Math.round(seen.x - width / 2), this.tagTop(seen, scale));
  }

  private tagOf({ actor }: Seen, own: boolean): Picture {
    return this.labels.tag(actor.name, own, this.badgeOf(actor));
  }

  private badgeOf({ role }: DrawnActor): TagBadge {
    if (role === "host") return "lantern";
    return role === "moderator" && this.moderator !== "" ? { word: this.moderator } : null;
  }

  /** Upper edge of a name tag. */
  private tagTop({ y }: Seen, scale: number): number {
    return Math.round(y - PERSON_HEIGHT * scale - (TAG_GAP + TAG_HEIGHT) * this.ratio);
  }

  private drawBubbles({ scale, seen, selfId, bubbles, calm }: Over): void {
    const { width: viewWidth, height: viewHeight } = this.c.canvas;
    const speakers = new Map(seen.map((each) => [each.actor.id, each]));
    const shown: { readonly bubble: Bubble; readonly picture: Picture; readonly box: Placed }[] = [];
    for (const bubble of bubbles) {
      const speaker = speakers.get(bubble.playerId);
      if (!speaker) continue;
      const picture = this.pictureOf(bubble);
      const { width, height } = picture;
      const tagTop = this.tagTop(speaker, scale);
      const y = tagTop - BUBBLE_GAP * this.ratio - height;
      if (speaker.x < 0 || speaker.x > viewWidth || tagTop < 0 || y > viewHeight) continue;
      shown.push({ bubble, picture, box: { x: Math.round(speaker.x - width / 2), y, width, height } });
    }
    const places = placeApart(
      shown.map(({ box }) => box),
      this.room(seen, selfId, scale),
    );
    shown.forEach(({ bubble, picture }, i) => {
      const place = places[i];
      if (place) this.drawBubble(bubble, picture, place, calm);
    });
    this.c.globalAlpha = 1;
  }

  /** It grows out of its tail. */
  private drawBubble({ strength, growth }: Bubble, { image }: Picture, box: Placed, calm: boolean): void {
    const { c } = this;
    c.globalAlpha = strength;
    if (calm || growth >= 1) {
      c.drawImage(image, box.x, box.y);
      return;
    }
    const size = BORN + (1 - BORN) * growth * (2 - growth);
    const width = box.width * size;
    const height = box.height * size;
    c.drawImage(image, box.x + (box.width - width) / 2, box.y + box.height - height, width, height);
  }

  private pictureOf({ content }: Bubble): Picture {
    return content.kind === "line" ? this.labels.bubble(content.text) : this.labels.emote(content.name);
  }

  /** Tags and the own person stay free; in a crowd there is no room for that. */
  private room(seen: readonly Seen[], selfId: string | null, scale: number): Room {
    const margin = VIEW_MARGIN * this.ratio;
    const { width: viewWidth } = this.c.canvas;
    const few = seen.length <= CROWD ? seen : seen.filter(({ actor }) => actor.id === selfId);
    const taken = few.map((each) => {
      const own = each.actor.id === selfId;
      const { width } = this.tagOf(each, own);
      const height = (own ? TAG_HEIGHT + OWN_HEAD : TAG_HEIGHT) * this.ratio;
      return { x: each.x - width / 2, y: this.tagTop(each, scale), width, height };
    });
    const phone = viewWidth < PHONE_WIDTH * this.ratio;
    return {
      left: margin,
      right: viewWidth - margin,
      top: phone ? PHONE_TOP * this.ratio : margin,
      taken,
    };
  }
}
