/**
 * Which brush paints which thing, and the box it needs. The one place that joins the map's kinds to their pictures.
 */
import type { StandingKind, StandingThing } from "../map/terrain";
import type { Canvas2d } from "./brush";
import { paintDome, paintGate, paintHouse, paintLighthouse } from "./buildings";
import {
  paintBench,
  paintBoat,
  paintBollard,
  paintCypress,
  paintFlowers,
  paintLamp,
  paintStall,
  paintTree,
} from "./furniture";
import type { Palette } from "./palette";

/** Art pixels around the foot's middle that a picture may touch. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

export const SCENERY_BOXES: Readonly<Record<StandingKind, Box>> = {
  house: { left: 68, right: 84, up: 156, down: 8 },
  dome: { left: 62, right: 80, up: 152, down: 8 },
  gate: { left: 84, right: 104, up: 160, down: 14 },
  cypress: { left: 22, right: 26, up: 94, down: 10 },
  stall: { left: 56, right: 76, up: 90, down: 18 },
  tree: { left: 28, right: 38, up: 82, down: 14 },
  lamp: { left: 12, right: 14, up: 86, down: 8 },
  bench: { left: 28, right: 40, up: 32, down: 10 },
  flowers: { left: 32, right: 32, up: 26, down: 6 },
  lighthouse: { left: 44, right: 80, up: 252, down: 22 },
  sailboat: { left: 52, right: 56, up: 108, down: 16 },
  rowboat: { left: 52, right: 56, up: 30, down: 16 },
  bollard: { left: 9, right: 9, up: 20, down: 4 },
};

type Painter = (c: Canvas2d, palette: Palette, colour: string) => void;

const PAINTERS: Readonly<Record<StandingKind, Painter>> = {
  house: (c, palette, roof) => paintHouse(c, palette, { width: 110, height: 92, roof }),
  dome: (c, palette, roof) => paintDome(c, palette, { width: 104, height: 86, roof }),
  gate: paintGate,
  cypress: paintCypress,
  stall: paintStall,
  tree: paintTree,
  lamp: paintLamp,
  bench: paintBench,
  flowers: paintFlowers,
  lighthouse: paintLighthouse,
  sailboat: (c, palette, hull) => paintBoat(c, palette, hull, true),
  rowboat: (c, palette, hull) => paintBoat(c, palette, hull, false),
  bollard: paintBollard,
};

export function paintThing(
  c: Canvas2d,
  { kind, tint }: Pick<StandingThing, "kind" | "tint">,
  palette: Palette,
): void {
  PAINTERS[kind](c, palette, palette.tints[tint]);
}
