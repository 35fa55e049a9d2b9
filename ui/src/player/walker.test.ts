import { HARBOUR } from "@comutiny/client/maps";
import { describe, expect, it } from "vitest";
import { Terrain } from "./map/terrain";
import { WALKING_PACE, Walker } from "./walker";

const EAST = { x: 1, z: 0 };
const walk = (walker: Walker, seconds: number, wish: typeof EAST | null) => {
  for (let i = 0; i < seconds * 60; i++) walker.advance(1 / 60, wish);
};

describe("the walker", () => {
  it("goes four tiles a second where one pushes", () => {
    const walker = new Walker(new Terrain(HARBOUR));
    walk(walker, 0.5, EAST);
    expect(walker.position).toEqual({ x: WALKING_PACE / 2, y: 0, z: 0 });
    expect(walker.heading).toBe("right");
    expect(walker.speed).toBeCloseTo(WALKING_PACE);
  });

  it("walks up the stairs to a clicked place and stops there", () => {
    const walker = new Walker(new Terrain(HARBOUR));
    walker.walkTo({ x: 0, z: -8 });
    walk(walker, 4, null);
    expect(walker.position).toEqual({ x: 0, y: 1.3, z: -8 });
    expect(walker.heading).toBe("up");
    expect(walker.speed).toBe(0);
  });

  it("forgets the way when pushed", () => {
    const walker = new Walker(new Terrain(HARBOUR));
    walker.walkTo({ x: 0, z: -8 });
    walker.advance(1 / 60, EAST);
    expect(walker.target).toBeUndefined();
  });

  it("does not leap after a pause, and looks at the wall it pushes against", () => {
    const walker = new Walker(new Terrain(HARBOUR));
    walker.advance(60, EAST);
    expect(walker.position.x).toBeLessThan(1);
    walker.place({ x: -4.3, z: -8.7 });
    walker.advance(1 / 60, { x: 0, z: -1 });
    expect(walker).toMatchObject({ heading: "up", speed: 0 });
  });
});
