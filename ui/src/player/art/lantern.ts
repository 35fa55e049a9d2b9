/**
 * The host's lantern as the world draws it: ring, cap, bar, glass and foot on a grid of 14 x 16, as in `lantern.svg`.
 */
import { type Canvas2d, polygon, shape } from "./brush";

export interface LanternColours {
  readonly metal: string;
  readonly glass: string;
}

/** Its grid. */
export const LANTERN = { width: 14, height: 16 } as const;

/** With its upper left corner at the origin. */
export function paintLantern(c: Canvas2d, { metal, glass }: LanternColours): void {
  c.strokeStyle = metal;
  c.lineWidth = 1.2;
  c.beginPath();
  c.arc(7, 2.1, 1.5, 0, Math.PI * 2);
  c.stroke();
  polygon(c, metal, [3.4, 5.6], [5.2, 3.6], [8.8, 3.6], [10.6, 5.6]);
  shape(c, metal, () => c.roundRect(2.6, 5.6, 8.8, 1.5, 0.6));
  polygon(c, glass, [3.6, 7.6], [10.4, 7.6], [10.9, 12.5], [3.1, 12.5]);
  shape(c, metal, () => c.roundRect(2.2, 13, 9.6, 2.3, 0.8));
}
