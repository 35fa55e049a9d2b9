import { HARBOUR } from "@comutiny/client/maps";
import { expect, it } from "vitest";
import { invitationIn } from "./invitation";
import { Terrain } from "./map/terrain";
import { Meeting } from "./meeting";

function meeting() {
  let now = Date.UTC(2030, 0, 1, 12);
  let self = { x: 0, z: 0 };
  const it = new Meeting({
    terrain: new Terrain(HARBOUR),
    address: "http://quay:4000/",
    now: () => now,
    self: () => self,
    others: () => [],
  });
  return {
    it,
    walk: (x: number, z: number) => {
      self = { x, z };
      return it.follow();
    },
    wait: (ms: number) => {
      now += ms;
      return it.follow();
    },
    link: () => invitationIn(it.spot?.link ?? "http://quay:4000/", now).at,
  };
}

it("is off at first", () => {
  const { it: off, walk } = meeting();
  expect(walk(1, 0)).toBe(false);
  expect(off.spot).toBeNull();
});

it("leads beside the visitor and moves along", () => {
  const { it: on, walk, link } = meeting();
  on.turn(true);
  expect(link()).toEqual({ x: -1.1, z: 0 });
  expect(walk(0, 0)).toBe(false);
  expect(walk(0, 12)).toBe(true);
  expect(link()?.z).toBeCloseTo(12);
  expect(on.spot?.area).toBe("jetty");
});

it("ends after an hour, and when it is switched off", () => {
  const { it: on, wait } = meeting();
  on.turn(true);
  expect(wait(3599_000)).toBe(false);
  expect(wait(1000)).toBe(true);
  expect(on.spot).toBeNull();
  on.turn(true);
  on.turn(false);
  expect(on.spot).toBeNull();
});
