import { describe, expect, test } from "vitest";
import { BUILT_IN } from "./built-in";
import { brightness, densityOf, glowPixels } from "./crowd-glow";
import { labelledPlaces } from "./places";

const WIDTH = 80;
const HEIGHT = 60;
const at = (x: number, y: number) => y * WIDTH + x;
const many = (count: number, x: number, y: number) => Array.from({ length: count }, () => ({ x, y }));

describe("a crowd's glow", () => {
  test("is brightest where most stand, and dark where nobody does", () => {
    const density = densityOf([...many(400, 20, 30), ...many(100, 60, 30)], WIDTH, HEIGHT);
    const [dense, thin, empty] = [at(20, 30), at(60, 30), at(40, 2)].map((place) =>
      brightness(density, place),
    );
    expect(dense).toBeCloseTo(1);
    expect(thin).toBeGreaterThan(0.6);
    expect(thin).toBeLessThan(0.9);
    expect(empty).toBeLessThan(0.1);
  });

  test("gives one person alone about the density of one", () => {
    const { most } = densityOf([{ x: 40, y: 30 }], WIDTH, HEIGHT);
    expect(most).toBeGreaterThan(0.8);
    expect(most).toBeLessThan(1.5);
  });

  test("fades by degrees instead of ending at an edge", () => {
    const density = densityOf(many(600, 40, 30), WIDTH, HEIGHT);
    const pixels = glowPixels(density);
    const alphas = Array.from({ length: 36 }, (_, step) => pixels[at(40 + step, 30) * 4 + 3] ?? 0);
    expect(alphas[0]).toBe(255);
    expect(new Set(alphas).size).toBeGreaterThan(20);
    for (const [step, alpha] of alphas.entries()) expect(alpha).toBeLessThanOrEqual(alphas[step - 1] ?? 255);
  });

  test("ignores who stands outside of the picture, and is nothing for nobody", () => {
    const outside = densityOf(
      [
        { x: -5, y: 10 },
        { x: 10, y: 999 },
      ],
      WIDTH,
      HEIGHT,
    );
    expect(outside.most).toBe(0);
    expect(glowPixels(outside).every((value) => value === 0)).toBe(true);
  });
});

test("a place with hardly anybody in it is not named", () => {
  const crowd = [...Array.from({ length: 99 }, () => ({ x: 0, z: 0 })), { x: 15, z: 0 }];
  const named = (spots: typeof crowd) =>
    labelledPlaces(BUILT_IN, spots).map(({ name, count }) => [name, count]);
  expect(named(crowd)).toEqual([["plaza", 99]]);
  expect(named(crowd.slice(-10))).toEqual([
    ["plaza", 9],
    ["lighthouse", 1],
  ]);
});
