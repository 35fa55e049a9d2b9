import { describe, expect, test } from "vitest";
import { session } from "../feed/scripted";
import { entriesFor, type PaletteEntry } from "./palette-entries";

describe("the palette", () => {
  const fixed: PaletteEntry[] = [
    { kind: "view", id: "players", name: "Players" },
    { kind: "action", id: "announce", name: "Announce" },
  ];
  const people = [
    session("1", { name: "Joanna" }),
    session("2", { name: "Ánna" }),
    session("3", { name: null, playerId: null }),
  ];
  const names = (text: string) => entriesFor(text, fixed, people).map(({ name }) => name);
  test("offers pages and actions before anything is typed", () =>
    expect(names("")).toEqual(["Players", "Announce"]));
  test("names that begin so come first", () => expect(names("ann")).toEqual(["Announce", "Ánna", "Joanna"]));
});
