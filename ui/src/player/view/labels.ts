/**
 * Name tags, speech bubbles and emotes as pictures.
 *
 * Sizes here are CSS pixels times the screen's ratio: text stays the same size however near the world is.
 */
import { type Canvas2d, polygon, shape } from "../art/brush";
import { EMOTE_SIZE, paintEmote } from "../art/emote-art";
import { LANTERN, type LanternColours, paintLantern } from "../art/lantern";
import { EMOTES, type EmoteName } from "../emote/emotes";
import { bubbleLines } from "./bubble-text";
import { type Picture, PictureStore, paintPicture } from "./picture";

const FAMILY = '"Figtree Variable", system-ui, sans-serif';
const TAG_FONT = `550 12px ${FAMILY}`;
const BUBBLE_FONT = `400 14px ${FAMILY}`;
export const TAG_HEIGHT = 18;
const TAG_SIDES = 8;
/** Longest name on a tag, CSS pixels. */
const TAG_WIDTH = 150;
const BUBBLE = { line: 19, top: 7, side: 12, radius: 14, tail: 7, shadow: 2 } as const;

/** The host's lantern, and the word of a moderator behind their name. */
const BADGE = { height: 15, gap: 4 } as const;
const WORD_FONT = `450 11px ${FAMILY}`;

interface TagColours {
  readonly paper: string;
  readonly ink: string;
  /** Of the word behind a name. */
  readonly word: string;
  readonly lantern: LanternColours;
}

const OTHER: TagColours = {
  paper: "rgba(14, 27, 37, 0.78)",
  ink: "#FFFFFF",
  word: "#CBD6DC",
  lantern: { metal: "#DCE4E8", glass: "#FFC95C" },
};
const OWN: TagColours = {
  paper: "#FFC95C",
  ink: "#241600",
  word: "#4F371C",
  lantern: { metal: "#241600", glass: "#FFF6DC" },
};
const SIGN: TagColours = { ...OTHER, paper: "#0B687C" };

/** What stands beside a name: the lantern, a word, or nothing. */
export type TagBadge = "lantern" | { readonly word: string } | null;

export class Labels {
  private readonly tags = new PictureStore<string, Picture>(1000);
  private readonly ownTags = new PictureStore<string, Picture>(4);
  private readonly signs = new PictureStore<string, Picture>(4);
  private readonly bubbles = new PictureStore<string, Picture>(120);
  private readonly emotes = new PictureStore<EmoteName, Picture>(EMOTES.length * 2);
  private readonly ruler: Canvas2d | null = document.createElement("canvas").getContext("2d");

  constructor(private readonly ratio: number) {}

  tag(name: string, own: boolean, badge: TagBadge): Picture {
    const key = badge === null ? name : `${badge === "lantern" ? badge : badge.word}\n${name}`;
    return (own ? this.ownTags : this.tags).get(key, () => this.paintTag(name, own ? OWN : OTHER, badge));
  }

  sign(words: string): Picture {
    return this.signs.get(words, () => this.paintTag(words, SIGN, null));
  }

  bubble(content: string): Picture {
    return this.bubbles.get(content, () => this.paintBubble(content));
  }

  emote(name: EmoteName): Picture {
    return this.emotes.get(name, () => this.paintEmote(name));
  }

  private measure(font: string, text: string): number {
    if (!this.ruler) return 0;
    this.ruler.font = font;
    return this.ruler.measureText(text).width;
  }

  private paintTag(name: string, { paper, ink, word, lantern }: TagColours, badge: TagBadge): Picture {
    const text = this.shorten(name);
    const textWidth = Math.ceil(this.measure(TAG_FONT, text));
    const size = BADGE.height / LANTERN.height;
    const hasLantern = badge === "lantern";
    const before = hasLantern ? Math.ceil(LANTERN.width * size) + BADGE.gap : 0;
    const role = badge === null || hasLantern ? "" : badge.word;
    const after = role === "" ? 0 : Math.ceil(this.measure(WORD_FONT, role)) + BADGE.gap;
    const width = before + textWidth + after + TAG_SIDES * 2;
    return paintPicture(width * this.ratio, TAG_HEIGHT * this.ratio, (c) => {
      c.scale(this.ratio, this.ratio);
      shape(c, paper, () => c.roundRect(0, 0, width, TAG_HEIGHT, 9));
      c.textBaseline = "middle";
      const write = (words: string, font: string, colour: string, x: number) => {
        c.fillStyle = colour;
        c.font = font;
        c.fillText(words, x, TAG_HEIGHT / 2 + 0.5);
      };
      write(text, TAG_FONT, ink, TAG_SIDES + before);
      if (role !== "") write(role, WORD_FONT, word, TAG_SIDES + before + textWidth + BADGE.gap);
      if (!hasLantern) return;
      c.translate(TAG_SIDES - 1, (TAG_HEIGHT - BADGE.height) / 2);
      c.scale(size, size);
      paintLantern(c, lantern);
    });
  }

  private shorten(name: string): string {
    if (this.measure(TAG_FONT, name) <= TAG_WIDTH) return name;
    let letters = [...name];
    while (letters.length > 0 && this.measure(TAG_FONT, `${letters.join("")}…`) > TAG_WIDTH)
      letters = letters.slice(0, -1);
    return `${letters.join("")}…`;
  }

  private paintBubble(content: string): Picture {
    const lines = bubbleLines(content, (text) => this.measure(BUBBLE_FONT, text));
    const text = Math.max(8, ...lines.map((line) => this.measure(BUBBLE_FONT, line)));
    const width = Math.ceil(text) + BUBBLE.side * 2;
    const height = lines.length * BUBBLE.line + BUBBLE.top * 2;
    return this.paintBox(width, height, (c) => {
      c.fillStyle = "#14222C";
      c.font = BUBBLE_FONT;
      c.textBaseline = "middle";
      lines.forEach((line, i) => {
        c.fillText(line, BUBBLE.side, BUBBLE.top + BUBBLE.line * (i + 0.5) + 0.5);
      });
    });
  }

  private paintEmote(name: EmoteName): Picture {
    const side = EMOTE_SIZE + BUBBLE.top * 2;
    return this.paintBox(side, side, (c) => {
      c.translate(side / 2, side / 2);
      paintEmote(c, name);
    });
  }

  /** The paper everything over a head is on, with its tail and its hard shadow. */
  private paintBox(width: number, height: number, paint: (c: Canvas2d) => void): Picture {
    return paintPicture(width * this.ratio, (height + BUBBLE.tail + BUBBLE.shadow) * this.ratio, (c) => {
      c.scale(this.ratio, this.ratio);
      const box = (fill: string, drop: number) => {
        shape(c, fill, () => c.roundRect(0, drop, width, height, BUBBLE.radius));
        const tip = height + BUBBLE.tail + drop;
        polygon(
          c,
          fill,
          [width / 2 - 7, height + drop - 1],
          [width / 2, tip],
          [width / 2 + 7, height + drop - 1],
        );
      };
      box("rgba(20, 34, 44, 0.16)", BUBBLE.shadow);
      box("#FFFDF8", 0);
      paint(c);
    });
  }
}
