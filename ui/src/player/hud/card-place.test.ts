import { describe, expect, it } from "vitest";
import { placeBeside, type Rectangle, withRoom } from "./card-place";

const VIEW = { width: 1280, height: 800 };
const CARD = { width: 348, height: 520 };
const LIST: Rectangle = { left: 1056, top: 16, right: 1264, bottom: 260 };

const placed = (feet: { x: number; y: number } | null, free: readonly Rectangle[] = [LIST]) =>
  placeBeside({ feet, view: VIEW, free }, CARD);

describe("a card about somebody", () => {
  it("stands at their right and points at them", () => {
    expect(placed({ x: 620, y: 400 })).toEqual({ left: 664, top: 106, nib: { side: "left", y: 260 } });
  });

  it("flips at the edge", () => {
    const { left, nib } = placed({ x: 1200, y: 700 });
    expect(left).toBe(1200 - 44 - 348);
    expect(nib?.side).toBe("right");
  });

  it("never covers the list, nor oneself", () => {
    const { left, nib } = placed({ x: 700, y: 300 });
    expect([left, nib?.side]).toEqual([308, "right"]);
    const self = { left: 400, top: 150, right: 460, bottom: 650 };
    expect(placed({ x: 700, y: 300 }, [LIST, self])).toMatchObject({
      left: 744,
      top: 260,
      nib: { side: "left" },
    });
    const everywhere = { left: 0, top: 0, right: 720, bottom: 800 };
    expect(placed({ x: 700, y: 300 }, [{ ...LIST, bottom: 800 }, everywhere]).nib).toBeNull();
  });

  it("keeps as near as it can to who has oneself beside them, and points at nobody from afar", () => {
    const card = { width: 348, height: 126 };
    const self = { left: 640, top: 300, right: 680, bottom: 398 };
    const beside = (y: number) =>
      placeBeside({ feet: { x: 780, y }, view: VIEW, free: [{ ...LIST, bottom: 800 }, self] }, card);
    expect(beside(390)).toEqual({ left: 388, top: 398, nib: null });
    expect(beside(330)).toEqual({ left: 388, top: 174, nib: { side: "right", y: 102 } });
  });

  it("keeps its distance from a panel", () => {
    expect(withRoom(LIST)).toEqual({ left: 1048, top: 8, right: 1272, bottom: 268 });
  });

  it("stays in view, and points at nobody who is not in sight", () => {
    expect(placed({ x: 620, y: 10 }).top).toBe(16);
    expect(placed({ x: 620, y: 790 }).top).toBe(800 - 16 - 520);
    expect(placed(null).nib).toBeNull();
  });
});
