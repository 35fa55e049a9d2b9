/**
 * Paints one peg person: from the ground up shoes, coat, arms, head, hair. Origin: on the ground between the feet.
 *
 * Four directions, four frames. Left is right mirrored, but the light stays where it is: shade always falls on the
 * viewer's right. It knows looks and brushes; where people are is not its business.
 */
import type { Look } from "../look/look";
import type { Body } from "./body";
import { type Canvas2d, shape } from "./brush";
import { paintCoatAndArms, paintShoes } from "./clothes";
import { paintHead } from "./face";
import { paintHairBehind, paintHairInFront } from "./hair";
import type { Palette } from "./palette";

export type Heading = "up" | "down" | "left" | "right";
/** `idle` stands; a walk is step, pass, step, pass. */
export type Pose = "idle" | "step-left" | "pass" | "step-right";

export interface Figure {
  readonly look: Look;
  readonly heading: Heading;
  readonly pose: Pose;
}

/** People are drawn a little larger than their cell. */
export const PERSON_SCALE = 1.16;
/** Art pixels around the feet that any look in any pose stays within, before scaling: measured, and a little more. */
export const PERSON_BOX = { left: 21, right: 21, up: 74.5, down: 6 } as const;
/** Art pixels from the ground to above the highest hat, scaled: where a name tag goes. */
export const PERSON_HEIGHT = 68 * PERSON_SCALE;

const SWING: Readonly<Record<Pose, number>> = { idle: 0, "step-left": 1, pass: 0, "step-right": -1 };
export function paintPerson(c: Canvas2d, { look, heading, pose }: Figure, palette: Palette): void {
  const mirrored = heading === "left";
  const body: Body = {
    c,
    look,
    side: heading === "left" || heading === "right",
    away: heading === "up",
    dark: mirrored ? -1 : 1,
    shade: palette.shade,
    swing: SWING[pose],
  };
  c.save();
  c.scale(PERSON_SCALE * (mirrored ? -1 : 1), PERSON_SCALE);
  paintShoes(body);
  if (pose === "pass") c.translate(0, -2);
  paintCoatAndArms(body);
  paintHairBehind(body);
  paintHead(body);
  paintHairInFront(body);
  c.restore();
}

export function paintPersonShadow(c: Canvas2d, palette: Palette): void {
  c.save();
  c.scale(PERSON_SCALE, PERSON_SCALE);
  c.globalAlpha = palette.name === "night" ? 0.34 : 0.2;
  shape(c, palette.shade, () => c.ellipse(2.5, 0, 14, 5.2, 0, 0, Math.PI * 2));
  c.restore();
}
