import { describe, expect, it } from "vitest";
import { BUFFER_MS, extendTrack, sampleTrack, type Track } from "./interpolation.js";

const at = (x: number, z = 0) => ({ x, y: 0, z });
/** Positions along x by arrival time, all walking. */
const track = (...arrivals: readonly (readonly [at: number, x: number])[]): Track =>
  arrivals.reduce<Track>(
    (known, [time, x]) => extendTrack(known, { at: time, position: at(x), moving: true }),
    [],
  );
const check = (known: Track, time: number, x: number) =>
  expect(sampleTrack(known, time + BUFFER_MS)?.position.x).toBeCloseTo(x, 5);

describe("a remote player", () => {
  it("is nowhere before anything arrived", () => expect(sampleTrack([], 0)).toBeUndefined());

  it("stands at the first position", () => {
    check(track([100, 5]), 0, 5);
    check(track([100, 5]), 1000, 5);
  });

  it("walks between arrivals, however irregular", () => {
    const irregular = track([0, 0], [50, 1], [60, 2], [200, 3]);
    check(irregular, 25, 0.5);
    check(irregular, 55, 1.5);
    check(irregular, 130, 2.5);
  });

  it("goes on for 100 ms at most, then holds", () => {
    const walking = track([0, 0], [100, 1]);
    check(walking, 150, 1.5);
    check(walking, 200, 2);
    check(walking, 900, 2);
    expect(sampleTrack(walking, 900)?.speed).toBe(0);
  });

  it("who stands is not carried on", () => {
    const stopped = extendTrack(track([0, 0], [100, 1]), { at: 200, position: at(2), moving: false });
    check(stopped, 260, 2);
  });

  it("snaps over a teleport", () => {
    check(track([0, 0], [100, 7]), 50, 7);
    check(track([0, 0], [100, 6]), 50, 3);
  });

  it("does not stretch the first step over the rest before it", () => {
    const rested = track([0, 0], [5000, 1]);
    check(rested, 4000, 0);
    check(rested, 4875, 0.5);
  });

  it("takes the newer of two arrivals in one breath", () => {
    check(track([0, 0], [100, 1], [100, 2]), 100, 2);
    check(track([100, 1], [90, 2]), 100, 2);
  });

  it("knows how fast it walks", () => {
    expect(sampleTrack(track([0, 0], [100, 0.4]), 50 + BUFFER_MS)?.speed).toBeCloseTo(4);
  });
});
