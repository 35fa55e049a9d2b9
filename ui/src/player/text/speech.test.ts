import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../languages";
import { Speech } from "./speech";

const NOW = new Date(2026, 10, 23, 12, 0);

describe("a moment", () => {
  const check = (code: "en" | "es", locales: readonly string[], moment: Date | string, said: string) => {
    const iso = typeof moment === "string" ? moment : moment.toISOString();
    expect(new Speech(code, locales).until(iso, NOW).replace(/\s/g, " ")).toBe(said);
  };

  it("is a time today, a weekday within the week, else a date", () => {
    check("en", ["en-GB"], new Date(2026, 10, 23, 18, 0), "until 18:00");
    check("en", ["en-GB"], new Date(2026, 10, 27, 18, 5), "until Friday, 18:05");
    check("en", ["en-GB"], new Date(2027, 0, 2, 19, 0), "until 2 January 2027, 19:00");
  });

  it("is written as in the visitor's country", () => {
    check("en", ["es-MX", "en-US"], new Date(2026, 10, 27, 18, 0), "until Friday, 18:00");
  });

  it("says in Spanish which hour it is", () => {
    check("es", [], new Date(2026, 10, 27, 18, 0), "hasta el viernes a las 18:00");
    check("es", [], new Date(2026, 10, 24, 1, 30), "hasta el martes a la 1:30");
    check("es", [], new Date(2026, 10, 23, 13, 0), "hasta las 13:00");
  });

  it("that is none is shown as it came", () => {
    check("en", [], "soon", "soon");
  });
});

describe("a refusal", () => {
  const check = (code: "en" | "es", refusal: { code: string; message: string }, said: string) =>
    expect(new Speech(code).refusal(refusal)).toBe(said);

  it("is said in the page's language where it has words, else as the server said it", () => {
    check(
      "es",
      { code: "wrong-pin", message: "Wrong." },
      "Ese PIN no es correcto. Pídeselo a quien aloja este mundo.",
    );
    check("es", { code: "new-one", message: "The server's own words." }, "The server's own words.");
    check("en", { code: "constructor", message: "" }, "That was not sent. Try again.");
  });
});

describe("every refusal of the contract", () => {
  const contract = readFileSync(
    join(import.meta.dirname, "../../../packages/client/src/contract/generated/contract.ts"),
    "utf8",
  );
  const [, union = ""] = /export type RefusalCode = ([^;]+);/.exec(contract) ?? [];
  const codes = [...union.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code ?? "");

  it.each(LANGUAGE_CODES)("has words of its own (%s)", (code) => {
    const silent = codes.filter((each) => new Speech(code).refusal({ code: each, message: "?" }) === "?");
    expect(codes.length).toBeGreaterThan(15);
    expect(silent).toEqual([]);
  });
});
