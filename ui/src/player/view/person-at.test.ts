import { describe, expect, it } from "vitest";
import type { DrawnActor } from "./actors";
import { cameraOn, toScreen } from "./camera";
import { personAt } from "./person-at";

const camera = cameraOn({ x: 0, z: 0 }, { width: 1280, height: 800, ratio: 1 }, 0.5);
const standing = (id: string, x: number, z: number) => ({ id, x, z, height: 0 }) as DrawnActor;
const PEOPLE = [
  standing("front", 0, 1),
  standing("back", 0, 0),
  standing("me", 3, 0),
  standing("far", 3, -1),
];

/** A press so many CSS pixels beside and above a spot of the ground. */
const pressed = (x: number, z: number, [aside, up]: readonly [number, number]) => {
  const feet = toScreen(camera, x, z, 0);
  return personAt(camera, { x: feet.x + aside, y: feet.y - up }, PEOPLE, "me");
};

describe("a press on the picture", () => {
  it("means who is drawn there, from the shoes to the hat", () => {
    expect(pressed(0, 1, [0, 5])).toBe("front");
    expect(pressed(0, 0, [12, 66])).toBe("back");
  });

  it("means the one in front where two stand in one line", () => {
    expect(pressed(0, 0, [0, 10])).toBe("front");
  });

  it("means the ground beside people, and where one stands oneself", () => {
    expect(pressed(0, 0, [40, 20])).toBeNull();
    expect(pressed(0, 1, [0, -12])).toBeNull();
    expect(pressed(3, 0, [0, 30])).toBeNull();
  });
});
