import { expect, test } from "vitest";
import {
  arrivalOf,
  bodyOf,
  type Draft,
  FIRST_DRAFT,
  faultsOf,
  fieldsOf,
  fullBody,
  PRESETS,
  presetOf,
} from "./plan";

const TERMS = { ownUrl: "http://127.0.0.1:4000", maxClients: 500, maxDurationMs: 120_000, maxAckMs: 250 };
const faults = (given: Partial<Draft>) => [...faultsOf({ ...FIRST_DRAFT, ...given }, TERMS)];

test("a preset is recognised until a number changes", () => {
  expect(presetOf({ ...FIRST_DRAFT, target: "http://10.0.0.1", ...PRESETS.crowd })).toBe("crowd");
  expect(presetOf({ ...FIRST_DRAFT, clients: 21 })).toBeNull();
});

test("fields outside their bounds are named", () => {
  expect(faults({})).toEqual([]);
  expect(faults({ clients: "" })).toEqual(["clients"]);
  expect(faults({ clients: 501, duration: 121 })).toEqual(["clients", "duration"]);
  expect(faults({ clients: 1.5, update: 9, spawn: -1 })).toEqual(["clients", "update", "spawn"]);
  expect(faults({ chat: 0.1 })).toEqual(["chat"]);
  expect(faults({ duration: 0.5 })).toEqual(["duration"]);
});

test("a target is an address of a server, or none", () => {
  for (const target of ["", " ", "http://10.0.0.1", "https://10.0.0.1", "http://[fd00::1]:4000/"])
    expect(faults({ target }), target).toEqual([]);
  for (const target of ["10.0.0.1", "ftp://10.0.0.1", "http://a b", "http://a/b", "http://u@a"])
    expect(faults({ target }), target).toEqual(["target"]);
});

test("what is sent is in milliseconds", () => {
  expect(bodyOf({ ...FIRST_DRAFT, chat: 2.5 }, "es")).toEqual({
    clients: 20,
    durationMs: 30_000,
    updateIntervalMs: 1000,
    spawnIntervalMs: 50,
    chatIntervalMs: 2500,
    mode: "plain",
    crowd: {
      shape: "steady",
      spread: "even",
      walk: "people",
      language: "es",
      slowPercent: 10,
      slowKbps: 150,
      outageMs: 2000,
    },
  });
  expect(bodyOf({ ...FIRST_DRAFT, target: " http://10.0.0.1 " }, "en").targetUrl).toBe("http://10.0.0.1");
});

test("the last client comes after all others", () => {
  expect(arrivalOf({ ...FIRST_DRAFT, clients: 101, spawn: 20 })).toBe(2);
  expect(arrivalOf({ ...FIRST_DRAFT, clients: 101, spawn: 20, shape: "storm" })).toBe(0);
  expect(arrivalOf({ ...FIRST_DRAFT, duration: 60, shape: "ramp" })).toBe(54);
});

test("a shape asks for its own numbers, and only for those", () => {
  expect(fieldsOf("storm")).not.toContain("spawn");
  expect(faults({ shape: "storm", spawn: -1 })).toEqual([]);
  expect(faults({ shape: "slow", slowPercent: 0, slowKbps: "" })).toEqual(["slowPercent", "slowKbps"]);
  expect(faults({ shape: "steady", slowPercent: 0 })).toEqual([]);
  expect(bodyOf({ ...FIRST_DRAFT, slowPercent: "" }, "en").crowd?.slowPercent).toBe(10);
});

test("an outage ends before the run does", () => {
  expect(faults({ shape: "restart", duration: 30, outage: 13 })).toEqual([]);
  expect(faults({ shape: "restart", duration: 30, outage: 14 })).toEqual(["outage"]);
  expect(faults({ shape: "restart", outage: 61 })).toEqual(["outage"]);
});

test("a first look keeps to what the server allows", () => {
  const body = fullBody({ ...TERMS, maxClients: 12, maxDurationMs: 60_000 }, "en");
  expect([body.clients, body.durationMs, body.crowd?.walk]).toEqual([12, 60_000, "people"]);
});
