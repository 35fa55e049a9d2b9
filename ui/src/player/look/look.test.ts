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

  it("reads the words the server draws its sheets from", () => {
    check({ hair: "bun-umber" }, { hair: { style: "bun", colour: 1 } });
    check({ face: "smile-honey" }, { face: "smile", skin: 2 });
    check({ outfit: "hem-coral-yellow" }, { outfit: { style: "hem", cloth: 0, trim: 2, scarf: null } });
    check(
      { outfit: "coat-slate-cream-scarf-teal" },
      { outfit: { style: "coat", cloth: 10, trim: 11, scarf: 4 } },
    );
    check({ shoes: "plum" }, { shoes: 5 });
  });

  it("keeps its own colour where the word is unknown", () => {
    check({ hair: "bob" }, { hair: { style: "bob", colour: born.hair.colour } });
    check({ hair: "bob-ultraviolet" }, { hair: { style: "bob", colour: born.hair.colour } });
    check(
      { outfit: "stripes-blue-scarf-red" },
      { outfit: { style: "stripes", cloth: 5, trim: 11, scarf: 11 } },
    );
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
