/**
 * What the parts of a peg person share while one is painted: the pose, the light, and colours taken from the look.
 */
import { type Dye, HAIR_COLOURS, type Look } from "../look/look";
import { ball, type Canvas2d } from "./brush";
import { mix } from "./palette";

/** What the parts of a body share while one person is painted. */
export interface Body {
  readonly c: Canvas2d;
  readonly look: Look;
  readonly side: boolean;
  readonly away: boolean;
  /** 1 when the viewer's right is the body's +x, -1 when mirrored: where shade falls. */
  readonly dark: 1 | -1;
  readonly shade: string;
  /** Which leg leads: 1, 0 or -1. */
  readonly swing: number;
}

export const HEAD = { y: -51, r: 13.2 } as const;
export const EYE = "#22222E";

/** A colour on the side away from the light. */
export const shaded = (body: Body, colour: string, share = 0.2) => mix(colour, body.shade, share);

/** A ball whose crescent stays on the viewer's right, mirrored or not. */
export function litBall(body: Body, x: number, y: number, r: number, colour: string, share: number): void {
  const { c } = body;
  c.save();
  c.translate(x, y);
  c.scale(body.dark, 1);
  ball(c, 0, 0, r, colour, body.shade, share);
  c.restore();
}

export function hairColour({ look }: Body): string {
  return colourOf(HAIR_COLOURS, look.hair.colour);
}

export function colourOf(dyes: readonly Dye[], index: number): string {
  return dyes[index]?.colour ?? EYE;
}
