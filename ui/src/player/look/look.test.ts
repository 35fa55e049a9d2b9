import { describe, expect, it } from "vitest";
import { appearanceOf, lookFromSeed, lookKey, lookOf } from "./look";

const born = lookFromSeed("guest-1");

describe("a look", () => {
  const check = (appearance: unknown, expected: object) =>
    expect(lookOf("guest-1", { appearance })).toMatchObject(expected);

  it("is drawn from the id where nothing was chosen", () => {
    expect(lookOf("guest-1", {})).toEqual(born);
    check(undefined, born);
    check("odd", born);
    check({ hair: 7, face: [], outfit: {}, shoes: "" }, born);
  });

  it("differs between people", () => {
    const keys = new Set(Array.from({ length: 200 }, (_, i) => lookKey(lookFromSeed(`guest-${i}`))));
    expect(keys.size).toBeGreaterThan(190);
  });

  it("says on the wire what it shows", () => {
    for (let i = 0; i < 200; i++) {
      const look = lookFromSeed(`anyone-${i}`);
      expect(lookOf("guest-1", { appearance: appearanceOf(look) })).toEqual(look);
    }
  });

  it("takes a layer off", () => {
    check({ hair: null }, { hair: { style: "none" }, outfit: born.outfit });
    check({ face: null }, { face: null, skin: born.skin });
    check({ shoes: null }, { shoes: null });
    check({ outfit: null }, { outfit: { style: "coat", cloth: 11, scarf: null } });
  });

  it("reads the numbers it knows and keeps its own for the others", () => {
    check({ hair: "bob-3" }, { hair: { style: "bob", colour: 3 } });
    check({ hair: "bob-99" }, { hair: { style: "bob", colour: born.hair.colour } });
    check({ outfit: "stripes-5-11-2" }, { outfit: { style: "stripes", cloth: 5, trim: 11, scarf: 2 } });
    check({ hair: "bob--1-x-NaN" }, { hair: { style: "bob" } });
  });

  it("of an unknown layer is always the same", () => {
    const odd = {
      hair: "mohawk-of-another-client",
      outfit: "__proto__",
      face: "constructor-1",
      shoes: "toString",
    };
    expect(lookOf("a", { appearance: odd }).outfit).toEqual(lookOf("b", { appearance: odd }).outfit);
    expect(lookOf("a", { appearance: odd }).hair).toEqual(lookOf("b", { appearance: odd }).hair);
  });
});
