import { describe, expect, test } from "vitest";
import { session } from "../feed/scripted";
import { PaintQueue } from "./paint-queue";
import { personOf, sessionOf } from "./target";

describe("painting a little at a time", () => {
  test("stops when the frame's share is used, and goes on in the next", () => {
    const frames: (() => void)[] = [];
    let time = 0;
    const queue = new PaintQueue(
      (run) => frames.push(run),
      () => time,
    );
    const painted: number[] = [];
    for (const one of [1, 2, 3, 4, 5])
      queue.add(() => {
        painted.push(one);
        time += 2;
      });
    frames.shift()?.();
    expect(painted).toEqual([1, 2]);
    frames.shift()?.();
    frames.shift()?.();
    expect(painted).toEqual([1, 2, 3, 4, 5]);
    expect(frames).toHaveLength(0);
  });

  test("leaves out what was called off", () => {
    const frames: (() => void)[] = [];
    const queue = new PaintQueue(
      (run) => frames.push(run),
      () => 0,
    );
    const painted: string[] = [];
    queue.add(() => painted.push("gone"))();
    queue.add(() => painted.push("here"));
    for (const frame of frames) frame();
    expect(painted).toEqual(["here"]);
  });
});

describe("who a session is", () => {
  test("a bot is remembered as the guest it came as", () => {
    expect(personOf(session("b", { kind: "bot", subject: "digest" }))).toEqual({
      kind: "guest",
      subject: "digest",
    });
  });
  test("a service account is remembered as itself", () => {
    const bot = session("b", { kind: "bot", role: "user", subject: "0b9f" });
    expect(personOf(bot)).toEqual({ kind: "account", subject: "0b9f" });
  });
  test("of two sessions of one person, the one that plays", () => {
    const sessions = [
      session("1", { subject: "x", joined: false }),
      session("2", { subject: "x" }),
      session("3"),
    ];
    expect(sessionOf({ kind: "guest", subject: "x" }, sessions)?.id).toBe("2");
    expect(sessionOf({ kind: "account", subject: "x" }, sessions)).toBeUndefined();
  });
});
