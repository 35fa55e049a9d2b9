/**
 * Who is meant by a press on the picture. Pure; device pixels.
 */

import { PERSON_BOX, PERSON_HEIGHT } from "../art/person";
import type { DrawnActor } from "./actors";
import { type Camera, type ScreenPoint, toScreen } from "./camera";

/** From the middle of a person to the side, in art pixels: a finger is wider than an arm. */
const HALF_WIDTH = PERSON_BOX.right;

/** The one in front of those whose body is there, as they are drawn; `null` for open ground, and for oneself. */
export function personAt(
  camera: Camera,
  point: ScreenPoint,
  actors: Iterable<DrawnActor>,
  selfId: string | null,
): string | null {
  let front: DrawnActor | null = null;
  for (const actor of actors) {
    const feet = toScreen(camera, actor.x, actor.z, actor.height);
    const up = (feet.y - point.y) / camera.scale;
    const aside = Math.abs(point.x - feet.x) / camera.scale;
    if (aside > HALF_WIDTH || up > PERSON_HEIGHT || up < -PERSON_BOX.down) continue;
    if (!front || actor.z >= front.z) front = actor;
  }
  return front && front.id !== selfId ? front.id : null;
}
