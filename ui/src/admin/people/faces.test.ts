import { expect, test } from "vitest";
import type { Face, PersonRef } from "../contract";
import { Faces } from "./faces";

const guest = (subject: string): PersonRef => ({ kind: "guest", subject });
const face = (subject: string): Face => ({
  ...guest(subject),
  playerId: `guest-${subject}`,
  appearance: null,
});

function book(answers: (people: readonly PersonRef[]) => readonly Face[]) {
  const asked: (readonly PersonRef[])[] = [];
  const due: (() => void)[] = [];
  let now = 0;
  const faces = new Faces({
    ask: async (people) => {
      asked.push(people);
      return answers(people);
    },
    soon: (run) => due.push(run),
    now: () => now,
  });
  const settle = async () => {
    for (let run = due.shift(); run; run = due.shift()) {
      run();
      for (let i = 0; i < 8; i++) await Promise.resolve();
    }
  };
  return {
    faces,
    asked,
    settle,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("a list is one question, and what nobody knows is known to be unknown", async () => {
  const { faces, asked, settle } = book((people) =>
    people.filter(({ subject }) => subject !== "x").map(({ subject }) => face(subject)),
  );
  for (const subject of ["a", "b", "a", "x"]) faces.want(guest(subject));
  expect(faces.of(guest("a"))).toBeUndefined();
  await settle();
  expect(asked.map((people) => people.length)).toEqual([3]);
  expect(faces.of(guest("a"))?.playerId).toBe("guest-a");
  expect(faces.of(guest("x"))).toBeNull();
});

test("a long list is asked for in parts", async () => {
  const { faces, asked, settle } = book(() => []);
  for (let i = 0; i < 250; i++) faces.want(guest(`${i}`));
  await settle();
  expect(asked.map((people) => people.length)).toEqual([100, 100, 50]);
});

test("a face is asked for again after a minute, and after a failure", async () => {
  let fails = true;
  const { faces, asked, settle, pass } = book(() => {
    if (fails) throw new Error("away");
    return [face("a")];
  });
  faces.want(guest("a"));
  await settle();
  expect(faces.of(guest("a"))).toBeUndefined();
  fails = false;
  faces.want(guest("a"));
  await settle();
  faces.want(guest("a"));
  await settle();
  expect(asked).toHaveLength(2);
  pass(60_000);
  faces.want(guest("a"));
  await settle();
  expect(asked).toHaveLength(3);
});
