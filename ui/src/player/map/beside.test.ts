import { HARBOUR } from "@comutiny/client/maps";
import { describe, expect, it } from "vitest";
import { besideOf, hasRoom } from "./beside";
import { Terrain } from "./terrain";
import { canStand } from "./walk";

const harbour = new Terrain(HARBOUR);

describe("room beside somebody", () => {
  it("is at the left where nothing is in the way", () => {
    const spot = besideOf(harbour, { x: 0, z: 0 }, []);
    expect(spot?.x).toBeCloseTo(-1.1);
    expect(spot?.z).toBeCloseTo(0);
  });

  it("is never in the water, in a wall or on somebody", () => {
    const others = [{ x: -1.1, z: 0 }];
    for (const at of [
      { x: 0, z: 0 },
      { x: -10, z: 0 },
      { x: 0, z: 14 },
      { x: -4.3, z: -8.5 },
    ]) {
      const spot = besideOf(harbour, at, others);
      if (!spot) throw new Error("no room");
      expect(canStand(harbour, spot)).toBe(true);
      expect(hasRoom(harbour, spot, others)).toBe(true);
    }
  });

  it("is nowhere in a crowd", () => {
    const crowd = Array.from({ length: 400 }, (_, i) => ({
      x: (i % 20) / 4 - 2.5,
      z: Math.floor(i / 20) / 4 - 2.5,
    }));
    expect(besideOf(harbour, { x: 0, z: 0 }, crowd)).toBeNull();
  });
});
