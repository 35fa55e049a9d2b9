import { describe, expect, test } from "vitest";
// As text: a bundler that turns JSON into JavaScript loses the sign of -0.
import vectorText from "../../../../../../server-core/crates/contract/src/batch/vectors.json?raw";
import { type BatchChange, decodeBatch } from "./index.js";

interface ChangeVector {
  id: string;
  full?: boolean;
  position?: [number, number, number];
  animation?: string;
  name?: string;
  metadata?: string;
}

interface Decoding {
  name: string;
  changes: ChangeVector[];
  hex: string;
}

interface Vectors {
  encoded: Decoding[];
  accepted: Decoding[];
  refused: { name: string; hex: string; error: string }[];
}

const vectors = JSON.parse(vectorText) as Vectors;

function unhex(text: string): Uint8Array {
  const pairs = text.replaceAll(" ", "").match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function expected(vector: ChangeVector): BatchChange {
  const change: BatchChange = { id: vector.id, full: vector.full ?? false };
  if (vector.position !== undefined) {
    const [x, y, z] = vector.position;
    change.position = { x, y, z };
  }
  if (vector.animation !== undefined) change.animation = vector.animation;
  if (vector.name !== undefined) change.name = vector.name;
  if (vector.metadata !== undefined) change.metadata = JSON.parse(vector.metadata) as Record<string, unknown>;
  return change;
}

/** As JSON, because `toEqual` stumbles over an own key `__proto__`; the numbers apart, because JSON drops the sign of -0. */
function check(data: ArrayBuffer | Uint8Array, changes: ChangeVector[]) {
  const wanted = { ok: true, changes: changes.map(expected) };
  const result = decodeBatch(data);
  expect(JSON.stringify(result)).toBe(JSON.stringify(wanted));
  const positions = result.ok ? result.changes.map((change) => change.position) : [];
  expect(positions).toStrictEqual(wanted.changes.map((change) => change.position));
}

function decodeOne(hex: string): BatchChange | undefined {
  const result = decodeBatch(unhex(hex));
  return result.ok ? result.changes[0] : undefined;
}

describe("vectors", () => {
  test.each([...vectors.encoded, ...vectors.accepted])("reads: $name", ({ changes, hex }) => {
    check(unhex(hex), changes);
  });

  test.each(vectors.refused)("refuses: $name", ({ hex, error }) => {
    expect(decodeBatch(unhex(hex))).toEqual({ ok: false, error });
  });

  test.each(vectors.encoded)("every beginning is truncated: $name", ({ hex }) => {
    const data = unhex(hex);
    for (let length = 0; length < data.length; length++) {
      expect(decodeBatch(data.subarray(0, length))).toEqual({ ok: false, error: "truncated" });
    }
  });
});

describe("input", () => {
  const first = "01 02 0161 0177 00";

  test("may be an ArrayBuffer, as Socket.IO gives it in a browser", () => {
    check(unhex(first).slice().buffer as ArrayBuffer, [{ id: "a", animation: "w" }]);
  });

  test("may be a view into a larger buffer, as Socket.IO gives it in Node", () => {
    const around = Uint8Array.of(9, 9, ...unhex("01 01 0161 05 0000000000001440 00"), 9);
    check(around.subarray(2, around.length - 1), [{ id: "a", position: [5, 0, 0] }]);
  });

  test("dangerous metadata keys stay own keys and reach no prototype", () => {
    const text = '{"__proto__":{"polluted":1}}';
    const hex = Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0"));
    const metadata = decodeOne(`01 08 0161 ${text.length.toString(16)} ${hex.join("")} 00`)?.metadata ?? {};
    expect(Object.keys(metadata)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    expect(Object.getPrototypeOf({ ...metadata })).toBe(Object.prototype);
  });

  test("random and damaged bytes are read or refused, never thrown", () => {
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const samples = vectors.encoded.map(({ hex }) => unhex(hex));
    for (let round = 0; round < 20_000; round++) {
      const sample = samples[random(samples.length)];
      const data =
        round % 2 === 0 && sample
          ? sample.slice()
          : Uint8Array.from({ length: random(80) }, () => random(256));
      data[random(data.length)] = random(256);
      expect(typeof decodeBatch(data).ok).toBe("boolean");
    }
  });
});
