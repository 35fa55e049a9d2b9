import { describe, expect, it } from "vitest";
import { tagsWithRoom } from "./tag-room";

const tag = (id: string, x: number, y = 0, first = false) => ({
  id,
  first,
  box: { x, y, width: 60, height: 20 },
});

describe("name tags in a crowd", () => {
  const check = (wishes: ReturnType<typeof tag>[], had: string[], shown: string[]) =>
    expect([...tagsWithRoom(wishes, new Set(had))].sort()).toEqual(shown);

  it("are shown where they cover no other", () => {
    check([tag("a", 0), tag("b", 30), tag("c", 100), tag("d", 0, 40)], [], ["a", "c", "d"]);
  });

  it("that stand first are shown in any case", () => {
    check([tag("a", 0), tag("b", 30, 0, true), tag("me", 31, 0, true)], ["a"], ["b", "me"]);
  });

  it("stay with who had one, also where a new one would find too little room", () => {
    check([tag("a", 0), tag("b", 30)], ["b"], ["b"]);
    check([tag("a", 0), tag("b", 57)], ["a", "b"], ["a", "b"]);
    check([tag("a", 0), tag("b", 63)], ["a"], ["a"]);
    check([tag("a", 0), tag("b", 66)], ["a"], ["a", "b"]);
  });
});
