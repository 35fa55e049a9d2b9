import { describe, expect, it } from "vitest";
import { Daylight, TURN_MS } from "./daylight";

describe("a change of light", () => {
  it("begins when its picture is painted, and takes its time", () => {
    const light = new Daylight();
    light.wish("night", true);
    expect([light.mood, light.coming, light.share(0, false)]).toEqual(["day", "night", 0]);
    expect(light.share(5000, true)).toBe(0);
    expect(light.share(5000 + TURN_MS / 2, true)).toBeCloseTo(0.5);
    expect(light.shine(0.5)).toBeCloseTo(0.5);
    expect(light.share(5000 + TURN_MS, true)).toBe(1);
    light.arrive();
    expect([light.mood, light.coming, light.shine(0)]).toEqual(["night", null, 1]);
  });

  it("that is taken back leaves the light as it was", () => {
    const light = new Daylight();
    light.wish("dusk", true);
    light.share(0, true);
    light.wish("day", true);
    expect([light.mood, light.coming, light.share(99_999, true)]).toEqual(["day", null, 0]);
  });

  it("goes on when the same is wished in every frame", () => {
    const light = new Daylight();
    light.wish("dusk", true);
    light.share(100, true);
    light.wish("dusk", true);
    expect(light.share(100 + TURN_MS, true)).toBe(1);
  });

  it("is there at once where it has to be", () => {
    const light = new Daylight();
    light.wish("dusk", true);
    light.wish("night", false);
    expect([light.mood, light.coming]).toEqual(["night", null]);
  });
});
