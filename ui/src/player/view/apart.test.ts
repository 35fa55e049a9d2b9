import { describe, expect, it } from "vitest";
import { type Placed, placeApart } from "./apart";

const box = (x: number, y: number): Placed => ({ x, y, width: 100, height: 40 });
const room = (taken: readonly Placed[] = []) => ({ left: 8, right: 792, top: 8, taken });

describe("bubbles", () => {
  const check = (
    boxes: readonly Placed[],
    expected: readonly (readonly [number, number])[],
    taken?: readonly Placed[],
  ) => expect(placeApart(boxes, room(taken)).map(({ x, y }) => [x, y])).toEqual(expected);

  it("stay where they are when nothing is in the way", () => {
    check(
      [box(50, 100), box(300, 100)],
      [
        [50, 100],
        [300, 100],
      ],
    );
  });

  it("are kept inside the view", () => {
    check(
      [box(-40, -30), box(760, 300)],
      [
        [8, 8],
        [692, 300],
      ],
    );
  });

  it("push each other up, the lowest stays", () => {
    check(
      [box(50, 110), box(60, 100), box(70, 90)],
      [
        [50, 110],
        [60, 70],
        [70, 30],
      ],
    );
  });

  it("leave tags and the own person free", () => {
    check([box(50, 100)], [[50, 50]], [{ x: 90, y: 90, width: 20, height: 60 }]);
  });
});
