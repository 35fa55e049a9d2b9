import { describe, expect, test } from "vitest";
import { formatFor } from "./format";

const en = formatFor("en");
const es = formatFor("es");
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_600_000, "1 h"],
  [8_040_000, "2 h 14 min"],
  [90_000_000, "1 d 1 h"],
  [-5, "0 s"],
])("a span of %d ms", (ms, expected) => expect(plain(en.span(ms))).toBe(expected));

test("ages are told in one unit and never lie in the future", () => {
  const now = Date.parse("2025-01-01T12:00:00Z");
  expect(plain(en.ago("2025-01-01T11:57:30Z", now))).toBe("2 min");
  expect(plain(en.ago("2025-01-01T12:00:09Z", now))).toBe("0 s");
});

describe("numbers", () => {
  test("are grouped as the language does", () => {
    expect(en.count(31420)).toBe("31,420");
    expect(es.count(31420)).toBe("31.420");
  });
  test("are short on axes", () => expect([0, 150, 40_000].map(en.short)).toEqual(["0", "150", "40k"]));
  test("are exact where they are small", () =>
    expect([2.06, 12.44, 123.4].map(en.measure)).toEqual(["2.1", "12.4", "123"]));
  test("have the sign of a percentage where the language puts it", () => {
    expect([12, 99.95, 0.2].map(en.percent)).toEqual(["12%", "100%", "0%"]);
    expect(plain(es.percent(12))).toBe("12 %");
    expect([99.84, 100].map(en.finePercent)).toEqual(["99.8%", "100%"]);
    expect(plain(es.finePercent(99.84))).toBe("99,8 %");
    expect([0.042, -0.5, 0].map(en.change)).toEqual(["+4.2%", "-50%", "0%"]);
    expect(plain(es.change(0.042))).toBe("+4,2 %");
  });
  test("of bytes have a unit", () => {
    expect([0, 900, 2_400_000, 412_000_000].map((value) => plain(en.bytes(value)))).toEqual([
      "0 B",
      "900 B",
      "2.4 MB",
      "412 MB",
    ]);
  });
});

test("a text that is no time stays as it is", () => {
  expect(en.clock("soon")).toBe("soon");
});
