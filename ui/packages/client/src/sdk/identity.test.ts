import { describe, expect, it } from "vitest";
import { waitBeforeAttempt } from "./backoff.js";
import { gatewayAddress } from "./gateway-address.js";
import { Identity, randomId } from "./identity.js";
import type { KeptValues } from "./kept-values.js";

function store(): KeptValues {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}
const FORBIDDEN: KeptValues = {
  getItem: () => {
    throw new Error("forbidden");
  },
  setItem: () => {
    throw new Error("forbidden");
  },
};

describe("a guest", () => {
  const ids = () => {
    let next = 0;
    return () => `${++next}`;
  };

  it("is the same after a reload", () => {
    const kept = store();
    const id = new Identity(kept, () => "a").playerId;
    expect(new Identity(kept, () => "b").playerId).toBe(id);
  });

  it("keeps an id for the tab where nothing can be stored", () => {
    for (const kept of [FORBIDDEN, null]) {
      const guest = new Identity(kept, ids());
      expect(guest.playerId).toBe(guest.playerId);
      guest.name = "Sofie";
      expect(guest.name).toBe("Sofie");
    }
  });

  it("remembers the PIN, and forgets one that is wrong", () => {
    const kept = store();
    new Identity(kept, ids()).pin = "1234";
    expect(new Identity(kept, ids()).pin).toBe("1234");
    new Identity(kept, ids()).pin = "";
    expect(new Identity(kept, ids()).pin).toBe("");
  });

  it("can become another", () => {
    const guest = new Identity(store(), ids());
    expect(guest.playerId).toBe("guest-1");
    guest.renew();
    expect(guest.playerId).toBe("guest-2");
  });

  it("has a random id that is plain text", () => {
    expect(randomId((bytes) => bytes.fill(255))).toBe("f".repeat(24));
  });
});

describe("the gateway", () => {
  const origin = "http://here:4000";
  const check = (fromPage: unknown, fromBuild: unknown, expected: string) =>
    expect(gatewayAddress({ fromPage, fromBuild, origin })).toBe(expected);

  it("is the page's, then the build's, then where the page came from", () => {
    check(undefined, undefined, origin);
    check("http://there:1", "http://built:2", "http://there:1");
    check("", "http://built:2/", "http://built:2");
    check("wss://there", undefined, "https://there");
    check("javascript:alert(1)", undefined, origin);
    check(7, "http://[", origin);
  });
});

describe("the wait before an attempt", () => {
  it("doubles up to 15 s and never falls under half of that", () => {
    const check = (attempt: number, random: number, ms: number) =>
      expect(waitBeforeAttempt(attempt, random)).toBe(ms);
    check(1, 1, 1000);
    check(1, 0, 500);
    check(2, 1, 2000);
    check(4, 0, 4000);
    check(5, 1, 15_000);
    check(5000, 0, 7500);
  });
});
