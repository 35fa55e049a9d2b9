import { describe, expect, test } from "vitest";
// As text: a bundler that turns JSON into JavaScript loses the sign of -0.
import vectorText from "../../../../../../server-core/crates/contract/src/batch/stream/vectors.json?raw";
import { type BatchChange, type BatchResult, isStreamed, StreamDecoder } from "./index.js";

interface StepVector {
  id: string;
  full?: boolean;
  position: [number, number, number];
  animation?: string;
  name?: string;
  metadata?: string;
}

interface FrameVector {
  hex: string;
  steps?: StepVector[];
  error?: string;
}

const { streams } = JSON.parse(vectorText) as { streams: { name: string; frames: FrameVector[] }[] };

function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function expected({ id, full, position: [x, y, z], ...words }: StepVector): BatchChange {
  const change: BatchChange = { id, full: full ?? false, position: { x, y, z } };
  if (words.animation !== undefined) change.animation = words.animation;
  if (words.name !== undefined) change.name = words.name;
  if (words.metadata !== undefined) change.metadata = JSON.parse(words.metadata) as Record<string, unknown>;
  return change;
}

const byId = (changes: readonly BatchChange[]) => [...changes].sort((a, b) => (a.id < b.id ? -1 : 1));

/** As JSON, because `toEqual` stumbles over an own key `__proto__`; the numbers apart, because JSON drops the sign of -0. */
function check(result: BatchResult, steps: readonly StepVector[]) {
  const wanted = byId(steps.map(expected));
  const changes = result.ok ? byId(result.changes) : result;
  expect(JSON.stringify(changes)).toBe(JSON.stringify(wanted));
  const positions = result.ok ? byId(result.changes).map((change) => change.position) : [];
  expect(positions).toStrictEqual(wanted.map((change) => change.position));
}

describe("vectors", () => {
  test.each(streams)("$name", ({ frames }) => {
    const decoder = new StreamDecoder();
    for (const { hex, steps, error } of frames) {
      const result = decoder.read(unhex(hex));
      if (steps) check(result, steps);
      else expect(result).toEqual({ ok: false, error });
      expect(decoder.inStep).toBe(result.ok);
    }
  });

  test("every beginning of a frame is truncated", () => {
    const wrong: string[] = [];
    for (const { name, frames } of streams.slice(0, 3)) {
      for (let last = 0; last < frames.length; last++) {
        const data = unhex(frames[last]?.hex ?? "");
        for (let length = 0; length < data.length; length++) {
          const decoder = new StreamDecoder();
          for (const { hex } of frames.slice(0, last)) decoder.read(unhex(hex));
          const result = decoder.read(data.subarray(0, length));
          if (result.ok || result.error !== "truncated") wrong.push(`${name}: ${last} at ${length}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("input", () => {
  test("is a frame by its first byte", () => {
    expect(isStreamed(Uint8Array.of(2, 0))).toBe(true);
    expect(isStreamed(Uint8Array.of(2).buffer)).toBe(true);
    expect(isStreamed(Uint8Array.of(1, 0))).toBe(false);
    expect(isStreamed(new ArrayBuffer(0))).toBe(false);
  });

  test("may be a view into a larger buffer, as Socket.IO gives it in Node", () => {
    const [keyframe, first] = (streams[0]?.frames ?? []).map(({ hex }) => unhex(hex));
    const decoder = new StreamDecoder();
    for (const frame of [keyframe, first]) {
      const around = Uint8Array.of(9, 9, ...(frame ?? []), 9);
      expect(decoder.read(around.subarray(2, around.length - 1)).ok).toBe(true);
    }
  });

  test("random and damaged frames are read or refused, never thrown", () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let answers = 0;
    for (let round = 0; round < 400; round++) {
      const decoder = new StreamDecoder();
      for (const { hex } of streams[round % streams.length]?.frames ?? []) {
        const data = unhex(hex);
        if (random(3) === 0) data[random(data.length)] = random(256);
        answers += typeof decoder.read(data).ok === "boolean" ? 1 : 0;
      }
      const noise = Uint8Array.from({ length: random(80) }, () => random(256));
      answers += typeof decoder.read(Uint8Array.of(2, 1, 0, 0, 0, 0, 0, ...noise)).ok === "boolean" ? 1 : 0;
    }
    expect(answers).toBeGreaterThan(400);
  });
});
