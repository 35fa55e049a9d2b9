import { describe, expect, it } from "vitest";
import { sheetLayout } from "./sheet";

const IMAGE = { naturalWidth: 192, naturalHeight: 320 };

describe("a sprite sheet", () => {
  const check = (metadata: Record<string, unknown>, expected: object) =>
    expect(sheetLayout({ metadata }, IMAGE)).toMatchObject(expected);

  it("is divided as its metadata asks", () => {
    const described = {
      frameWidth: 48,
      frameHeight: 80,
      rows: ["down", "left", "right", "up"],
      framesPerRow: 4,
    };
    check({ ...described, feetX: 24, feetY: 74 }, { ...described, feetX: 24, feetY: 74 });
    check(described, { feetX: 24, feetY: 80 });
  });

  it("without a description is one frame", () => {
    check({}, { frameWidth: 192, frameHeight: 320, rows: [], framesPerRow: 1 });
  });

  it("never reaches beyond its image", () => {
    check(
      { frameWidth: 9999, frameHeight: -4, framesPerRow: 50 },
      { frameWidth: 192, frameHeight: 320, framesPerRow: 1 },
    );
    check(
      { frameWidth: 96, frameHeight: 320, rows: ["down", "up"], framesPerRow: 9 },
      { rows: ["down"], framesPerRow: 2 },
    );
    check({ frameWidth: "48", rows: 3 }, { frameWidth: 192, rows: [] });
    expect(sheetLayout({ metadata: {} }, { naturalWidth: 0, naturalHeight: 0 })).toBeUndefined();
  });
});
