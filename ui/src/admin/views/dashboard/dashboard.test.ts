import { describe, expect, test } from "vitest";
import { action, sample, session } from "../../feed/scripted";
import { BUILT_IN } from "../../harbour/built-in";
import { onMap, viewFor } from "../../harbour/night-map";
import { countPlaces } from "../../harbour/places";
import { activityLines } from "./activity-lines";
import { barsOf, condensed, growth, spanOf, sumOf } from "./history";

describe("history", () => {
  test("three seconds make one point: the worst time, the mean rate, the last count", () => {
    const points = condensed([
      sample(0, { flushP99Ms: 4, deliveries: 10, players: 1 }),
      sample(1, { flushP99Ms: null, deliveries: 20, players: 2 }),
      sample(2, { flushP99Ms: 9, deliveries: 30, players: 3 }),
      sample(3),
    ]);
    expect(points.map(({ flushP99Ms, deliveries, players }) => [flushP99Ms, deliveries, players])).toEqual([
      [9, 20, 3],
      [null, 0, 1],
    ]);
  });

  test("points stay as they are when time moves on", () => {
    const long = Array.from({ length: 30 }, (_, second) => sample(second, { deliveries: second }));
    expect(condensed(long.slice(3)).map(({ deliveries }) => deliveries)).toEqual(
      condensed(long)
        .slice(1)
        .map(({ deliveries }) => deliveries),
    );
  });

  test("bars add up to what was counted", () => {
    const history = Array.from({ length: 47 }, (_, second) => sample(second, { messages: second % 3 }));
    const { values } = barsOf(history, 10, ({ messages }) => messages);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(
      sumOf(history, 60, ({ messages }) => messages),
    );
    expect(values).toHaveLength(5);
  });

  test("growth and span of nothing are nothing", () => {
    expect([growth([]), spanOf([])]).toEqual([0, 0]);
    expect(growth([sample(0, { players: 5 }), sample(60, { players: 3 })])).toBe(-2);
  });
});

describe("places", () => {
  test.each([
    [0, 0, "plaza"],
    [-7, -3, "market"],
    [0, 9, "jetty"],
    [14.9, 0.6, "lighthouse"],
    [0, -8.4, "terrace"],
    [7, 4, "green"],
  ])("%d/%d is %s", (x, z, place) => expect(BUILT_IN.areaAt({ x, z })).toBe(place));

  test("counts everybody once", () => {
    const counts = countPlaces(BUILT_IN, [
      { x: 0, z: 0 },
      { x: 1, z: 1 },
      { x: 15, z: 0 },
    ]);
    expect(Object.fromEntries(counts)).toEqual({ plaza: 2, lighthouse: 1 });
  });
});

describe("the map", () => {
  test("shows the island whole at any size", () => {
    for (const size of [
      { width: 638, height: 282 },
      { width: 360, height: 300 },
      { width: 1200, height: 240 },
    ]) {
      const view = viewFor(BUILT_IN, size, 1);
      for (const spot of [
        { x: -9.6, z: 0 },
        { x: 17, z: 0 },
        { x: 0, z: 11 },
      ]) {
        const at = onMap(BUILT_IN, view, spot);
        expect(at.x).toBeGreaterThan(0);
        expect(at.x).toBeLessThan(size.width);
        expect(at.y).toBeLessThan(size.height);
      }
    }
  });
});

test("joins and actions are one story, the newest first", () => {
  const lines = activityLines(
    [{ kind: "joined", at: "2025-01-01T00:00:02Z", session: session("a") }],
    [action("k", { at: "2025-01-01T00:00:03Z" }), action("j", { at: "2025-01-01T00:00:01Z" })],
    2,
  );
  expect(lines.map(({ key }) => key)).toEqual(["k", "joined a 2025-01-01T00:00:02Z"]);
});
