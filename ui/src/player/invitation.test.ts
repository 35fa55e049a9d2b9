import type { Spot } from "@comutiny/client/contract";
import { describe, expect, it } from "vitest";
import { invitationIn, linkTo } from "./invitation";

const NOON = Date.UTC(2030, 0, 1, 12);

describe("the PIN of a link", () => {
  const check = (link: string, pin: string | null, address: string) =>
    expect(invitationIn(link, NOON)).toEqual({ pin, at: null, ticket: null, address });

  it("is taken out of it, and the rest stays", () => {
    check("http://quay:4000/#pin=1234", "1234", "http://quay:4000/");
    check("http://quay:4000/?x=1#pin=a%20b%26", "a b&", "http://quay:4000/?x=1");
    check("http://quay:4000/#view=map&pin=1", "1", "http://quay:4000/#view=map");
    check("http://quay:4000/#pin=", null, "http://quay:4000/");
    check("http://quay:4000/#plan=1234", null, "http://quay:4000/#plan=1234");
    check("http://quay:4000/", null, "http://quay:4000/");
  });
});

describe("the spot of a link", () => {
  const check = (hash: string, at: Spot | null) =>
    expect(invitationIn(`http://quay:4000/#${hash}`, NOON).at).toEqual(at);

  it("is where somebody waits", () => {
    check("at=3.2,-1.5", { x: 3.2, z: -1.5 });
    check("at=0,12", { x: 0, z: 12 });
    check("pin=1&at=1,2", { x: 1, z: 2 });
  });

  it("is none when it is no spot", () => {
    for (const at of ["", "1", "1,2,3", "a,b", "NaN,1", "1e9,2", "9999,1", "Infinity,0"])
      check(`at=${at}`, null);
  });

  it("leads there for its time, and out of the address bar", () => {
    const link = linkTo("http://quay:4000/", { x: 3.24, z: -1.58 }, NOON + 3600_000);
    expect(invitationIn(link, NOON)).toEqual({
      pin: null,
      at: { x: 3.2, z: -1.6 },
      ticket: null,
      address: "http://quay:4000/",
    });
    expect(invitationIn(link, NOON + 2 * 3600_000).at).toBeNull();
    check("at=1,1&until=soon", null);
  });
});

describe("the ticket of a link", () => {
  it("leads in as who opened it, and does not stay in the address bar", () => {
    expect(invitationIn("http://localhost:4000/#enter=0f9a", NOON)).toEqual({
      pin: null,
      at: null,
      ticket: "0f9a",
      address: "http://localhost:4000/",
    });
    expect(invitationIn("http://localhost:4000/#enter=", NOON).ticket).toBeNull();
  });
});
