import { expect, test } from "vitest";
import { loadSecond } from "../../feed/scripted";
import { joined } from "./use-run";

test("what the feed sent before REST answered counts once", () => {
  const known = [loadSecond(1), loadSecond(2.01)];
  const live = [loadSecond(2.01), loadSecond(3), loadSecond(4)];
  expect(joined(known, live).map(({ atS }) => atS)).toEqual([1, 2.01, 3, 4]);
  expect(joined([], live).length).toBe(3);
  expect(joined(known, []).length).toBe(2);
});
