import { expect, test } from "vitest";
import { loadSecond } from "../../feed/scripted";
import { liveFigures } from "./live";

const second = (
  atS: number,
  due: number,
  delivered: number,
  coalesced = 0,
  serverCpuPercent: number | null = null,
) => {
  const plain = loadSecond(atS, { due, delivered, coalesced });
  return { ...plain, processes: { ...plain.processes, serverCpuPercent } };
};

test("nothing is said before anything was due", () => {
  expect(liveFigures([])).toEqual({ arrivedPercent: null, cpuUsPerDelivery: null, missing: 0 });
});

test("what was replaced by something newer has arrived, and what is on its way is not missing", () => {
  const seconds = [second(1, 100, 60, 20), second(2, 100, 100, 10), second(3, 100, 90)];
  expect(liveFigures(seconds)).toMatchObject({ arrivedPercent: (100 * 280) / 300, missing: 0 });
});

test("what did not come for three seconds is missing", () => {
  const seconds = [second(1, 100, 40), second(2, 0, 0), second(3, 0, 0), second(4, 0, 0)];
  expect(liveFigures(seconds).missing).toBe(60);
});

test("the processor is read over the last seconds", () => {
  const seconds = [second(1, 10, 10, 0, 100), ...[2, 3, 4, 5, 6].map((at) => second(at, 1000, 1000, 0, 10))];
  expect(liveFigures(seconds).cpuUsPerDelivery).toBeCloseTo(100);
});
