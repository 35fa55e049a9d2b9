import type { Spot } from "@comutiny/client/contract";
import { HARBOUR } from "@comutiny/client/maps";
import { describe, expect, it } from "vitest";
import { Terrain } from "./terrain";
import { canStand, spawnSpot, step, wayTo } from "./walk";

const harbour = new Terrain(HARBOUR);

describe("one can stand", () => {
  const check = (x: number, z: number, expected: boolean) =>
    expect(canStand(harbour, { x, z })).toBe(expected);

  it("on plaza, paths, terrace, jetty and rock", () => {
    check(0, 0, true);
    check(-6, 0, true);
    check(0, -8.4, true);
    check(0, 12, true);
    check(14.9, 1.2, true);
    check(10.8, 0, true);
  });

  it("not in the water, in a house, in a lamp, half over the quay", () => {
    check(-12, -10, false);
    check(0, 15.6, false);
    check(-4.3, -9.2, false);
    check(4.2, 2.9, false);
    check(-10.45, 0, false);
  });

  it("anywhere a newcomer is put", () => {
    for (let i = 0; i < 500; i++) {
      const values = [i / 500, ((i * 7) % 500) / 500];
      const spot = spawnSpot(harbour, () => values.shift() ?? 0);
      expect(canStand(harbour, spot)).toBe(true);
      expect(Math.hypot(spot.x, spot.z)).toBeLessThanOrEqual(harbour.spawn.radius);
    }
  });
});

describe("a step", () => {
  const check = (from: Spot, dx: number, dz: number, expected: Spot) =>
    expect(step(harbour, from, dx, dz)).toEqual(expected);

  it("goes where nothing is in the way", () => check({ x: 0, z: 0 }, 0.1, 0.1, { x: 0.1, z: 0.1 }));

  it("slides along the quay", () => check({ x: -10.2, z: 0 }, -0.1, 0.1, { x: -10.2, z: 0.1 }));

  it("stops at a wall", () => check({ x: -4.3, z: -8.7 }, 0, -0.1, { x: -4.3, z: -8.7 }));

  it("leads out of where one cannot be", () => check({ x: -12, z: 0 }, 0.5, 0, { x: -11.5, z: 0 }));

  it("never leaves the map", () => {
    expect(step(harbour, { x: -500, z: 900 }, 0, 0)).toEqual({
      x: harbour.bounds.west,
      z: harbour.bounds.south,
    });
  });

  it("never jumps a terrace, whatever the direction", () => {
    for (let i = 0; i < 360; i++) {
      let spot: Spot = { x: -6, z: -6.5 };
      for (let n = 0; n < 60; n++) {
        const next = step(harbour, spot, Math.cos(i) * 0.1, Math.sin(i) * 0.1);
        expect(
          Math.abs(harbour.tileUnder(next.x, next.z).height - harbour.tileUnder(spot.x, spot.z).height),
        ).toBeLessThanOrEqual(0.5);
        spot = next;
      }
    }
  });
});

describe("a way", () => {
  const reaches = (from: Spot, goal: Spot) => {
    const end = wayTo(harbour, from, goal).at(-1);
    return end !== undefined && Math.hypot(end.x - goal.x, end.z - goal.z) < 0.01;
  };

  it("leads up the stairs, to the lighthouse and down the jetty", () => {
    expect(reaches({ x: 0, z: 0 }, { x: -5.5, z: -8.2 })).toBe(true);
    expect(reaches({ x: 0, z: 0 }, { x: 15, z: 1.3 })).toBe(true);
    expect(reaches({ x: -8, z: 3 }, { x: 0.5, z: 13.4 })).toBe(true);
  });

  it("is straight where nothing is in the way", () => {
    expect(wayTo(harbour, { x: 0, z: 0 }, { x: 2, z: 1 })).toEqual([{ x: 2, z: 1 }]);
  });

  it("ends on the shore when the goal lies in the water", () => {
    const end = wayTo(harbour, { x: 0, z: 0 }, { x: -15, z: 0 }).at(-1);
    expect(end && canStand(harbour, end)).toBe(true);
    expect(end?.x).toBeLessThan(-9);
  });
});

describe("the ground", () => {
  it("rises without a jump on the stairs", () => {
    let before = harbour.heightAt(0, -3);
    for (let z = -3; z >= -8.5; z -= 0.01) {
      const height = harbour.heightAt(0, z);
      expect(Math.abs(height - before)).toBeLessThan(0.03);
      before = height;
    }
    expect(before).toBeCloseTo(1.3);
  });

  it("carries everything that is no boat", () => {
    for (const { kind, x, z } of harbour.standing) {
      expect(harbour.tileUnder(x, z).ground === "water").toBe(kind === "sailboat" || kind === "rowboat");
    }
  });
});
