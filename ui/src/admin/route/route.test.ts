import { describe, expect, test } from "vitest";
import { parseRoute, routeText, setupTokenIn } from "./route";

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
