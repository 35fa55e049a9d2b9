import { expect, test } from "vitest";
import { loadTestRun } from "../../feed/scripted";
import { unequalParts } from "./unequal";

const { plan } = loadTestRun("a");

test("equal plans have nothing to remark", () => expect(unequalParts(plan, { ...plan })).toEqual([]));

test("what differs is named, in one order", () => {
  const other = {
    ...plan,
    mode: "batch" as const,
    clients: 7,
    crowd: { ...plan.crowd, spread: "square" as const },
  };
  expect(unequalParts(plan, other)).toEqual(["clients", "mode", "spread"]);
});

test("this server is one target, whatever its address was", () => {
  expect(unequalParts(plan, { ...plan, targetUrl: "http://127.0.0.1:4001" })).toEqual([]);
  expect(unequalParts(plan, { ...plan, own: false })).toEqual(["target"]);
});
