import { expect, test } from "vitest";
import type { HistoryPoint, WorldHistory } from "../../contract";
import { PLANS } from "./range";
import { highestOf, meanOf, storyBars, storyOf, valuesOf } from "./story";

const BEGIN = Date.parse("2026-01-05T10:00:00.000Z");
const iso = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString();

const point = (seconds: number, given: Partial<HistoryPoint> = {}): HistoryPoint => ({
  at: iso(seconds),
  people: 1,
  mostPeople: 1,
  mostBots: 0,
  messages: 0,
  deliveries: 0,
  mostDeliveries: 0,
  flushP50Ms: null,
  flushP95Ms: null,
  flushP99Ms: null,
  ...given,
});

const history = (seconds: number, points: readonly HistoryPoint[]): WorldHistory => ({
  range: "hour",
  from: iso(0),
  until: iso(seconds),
  stepSeconds: 10,
  points: [...points],
  peak: null,
  newcomers: 0,
  visits: 0,
  here: 0,
  spentMs: 0,
  endings: [],
});

test("a closed server is a gap, from the beginning to the end of the range", () => {
  const story = storyOf(history(55, [point(10, { mostPeople: 4 }), point(40, { mostPeople: 0 })]));
  expect(story.times.map((time) => time - BEGIN / 1000)).toEqual([0, 10, 20, 30, 40, 50]);
  const most = valuesOf(story, ({ mostPeople }) => mostPeople);
  expect(most).toEqual([null, 4, null, null, 0, null]);
  expect([highestOf(most), meanOf(most)]).toEqual([4, 2]);
});

test("what was not measured is unknown also where the server ran", () => {
  const story = storyOf(history(20, [point(0), point(10, { flushP95Ms: 1.5 })]));
  expect(valuesOf(story, ({ flushP95Ms }) => flushP95Ms)).toEqual([null, 1.5]);
});

test("bars add up, and one in which nothing was measured is no zero", () => {
  const points = [0, 10, 30, 120].map((at) => point(at, { messages: 2 }));
  const bars = storyBars(storyOf(history(180, points)), 60, ({ messages }) => messages);
  expect(bars.times.map((time) => time - BEGIN / 1000)).toEqual([0, 60, 120]);
  expect(bars.values).toEqual([6, null, 2]);
});

test("nothing at all is no story", () => {
  const story = storyOf(history(0, []));
  expect(story).toEqual({ times: [], points: [] });
  expect([highestOf([]), highestOf([null]), meanOf([])]).toEqual([null, null, 0]);
});

test("a bar of chat holds whole points, and a range has some thirty of them", () => {
  const lengths = { hour: [3600, 10], day: [86_400, 300], week: [604_800, 1800] } as const;
  for (const [range, { barSeconds }] of Object.entries(PLANS)) {
    const [length, step] = lengths[range as keyof typeof lengths];
    expect(barSeconds % step).toBe(0);
    expect(length / barSeconds).toBeGreaterThanOrEqual(24);
    expect(length / barSeconds).toBeLessThanOrEqual(36);
  }
});
