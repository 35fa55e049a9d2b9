import { describe, expect, test } from "vitest";
import { LIMITS, oddSide, tooLarge, wholeNumber } from "./sheet";

describe("a sheet", () => {
  test("is divided into whole frames or not at all", () => {
    expect(oddSide({ width: 192, height: 320 }, 4, 4)).toBeNull();
    expect(oddSide({ width: 193, height: 320 }, 4, 4)).toEqual({ side: "width", pixels: 193, frames: 4 });
    expect(oddSide({ width: 192, height: 100 }, 4, 3)).toEqual({ side: "height", pixels: 100, frames: 3 });
    expect(oddSide({ width: 3, height: 8 }, 4, 4)).toEqual({ side: "width", pixels: 3, frames: 4 });
  });

  test("has limits that are known before it is sent", () => {
    const fits = { width: LIMITS.side, height: 1 };
    expect(tooLarge({ size: LIMITS.kib * 1024 }, fits)).toBeNull();
    expect(tooLarge({ size: LIMITS.kib * 1024 + 1 }, fits)).toBe("tooHeavy");
    expect(tooLarge({ size: 1 }, { width: 1, height: LIMITS.side + 1 })).toBe("tooWide");
  });

  test("is divided into a number of frames that there may be", () => {
    expect(["", "0", -3, 2.6, 99, "x"].map((typed) => wholeNumber(typed, 16))).toEqual([1, 1, 1, 3, 16, 1]);
  });
});
