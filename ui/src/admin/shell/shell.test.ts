import { describe, expect, test } from "vitest";
import { session } from "../feed/scripted";
import { entriesFor, type PaletteEntry } from "./palette-entries";
import { parseRoute, routeText, setupTokenIn } from "./route";
import { NO_SEQUENCE, SEQUENCE_MS, stepSequence } from "./shortcuts";

describe("addresses", () => {
  test.each(["#/players/n1-4", "#/chat?person=guest%3Aab", "#/audit"])(
    "%s survives reading and writing",
    (hash) => {
      expect(routeText(parseRoute(hash))).toBe(hash);
    },
  );
  test("no address is the dashboard", () => expect(parseRoute("").view).toBe("dashboard"));
  test("an id may hold anything", () => {
    const route = { view: "players", item: "a/b?c#d e", query: {} };
    expect(parseRoute(routeText(route))).toEqual(route);
  });
  test("broken escapes are text", () => expect(parseRoute("#/players/%E0%A4%A").item).toBe("%E0%A4%A"));
  test("a setup link carries its secret, and nothing else does", () => {
    expect(setupTokenIn("#setup=ab%20c")).toBe("ab c");
    expect(setupTokenIn("#/settings?setup=x")).toBeNull();
  });
});

describe("two keys", () => {
  const pressed = (first: string, second: string, gap: number) =>
    stepSequence(stepSequence(NO_SEQUENCE, first, 1000).sequence, second, 1000 + gap).view;
  test("g p goes to the players", () => expect(pressed("g", "p", 200)).toBe("players"));
  test("too slow is no sequence", () => expect(pressed("g", "p", SEQUENCE_MS + 1)).toBeNull());
  test("other letters are nothing", () => expect(pressed("x", "p", 10)).toBeNull());
});

describe("the palette", () => {
  const fixed: PaletteEntry[] = [
    { kind: "view", id: "players", name: "Players" },
    { kind: "action", id: "announce", name: "Announce" },
  ];
  const people = [
    session("1", { name: "Joanna" }),
    session("2", { name: "Ánna" }),
    session("3", { name: null, playerId: null }),
  ];
  const names = (text: string) => entriesFor(text, fixed, people).map(({ name }) => name);
  test("offers pages and actions before anything is typed", () =>
    expect(names("")).toEqual(["Players", "Announce"]));
  test("names that begin so come first", () => expect(names("ann")).toEqual(["Announce", "Ánna", "Joanna"]));
});
