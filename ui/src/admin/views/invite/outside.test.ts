import { describe, expect, test } from "vitest";
import { suggestedPin } from "../../kit/suggested-pin";
import { outsideLink } from "./outside-link";

describe("the way in from outside", () => {
  test("is a link while the router passes it on", () => {
    const url = "http://203.0.113.9:40123/";
    const open = { state: "open", url, port: 40123, method: "upnp", until: null, reachedBy: null } as const;
    expect(outsideLink(open)).toEqual({
      url,
      kind: "public",
      medium: null,
      interface: null,
      reachedBy: null,
    });
    expect(outsideLink({ ...open, certified: false })?.certified).toBe(false);
    expect(outsideLink({ state: "asking" })).toBeUndefined();
    expect(outsideLink(undefined)).toBeUndefined();
  });
  test("has a PIN of six digits", () => {
    expect([0, 42, 1_000_000, 4_294_967_295].map((random) => suggestedPin(random))).toEqual([
      "000000",
      "000042",
      "000000",
      "967295",
    ]);
    expect(suggestedPin()).toMatch(/^\d{6}$/);
  });
});
