import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LANGUAGE_CODES } from "../../languages";
import { fetchWords, Speech } from "./speech";

const NOW = new Date(2026, 10, 23, 12, 0);

beforeAll(async () => {
  await Promise.all(LANGUAGE_CODES.map(fetchWords));
});

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

describe("what the server says of a field of an account", () => {
  const folder = join(import.meta.dirname, "../../../../server-core/src/http/auth");
  const source = ["validate.rs", "register.rs"]
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join();
  const made = /(?:invalid\(\s*(?:format!\(\s*)?|"username-taken",\s*)"([^"]+)"/g;
  const sentences = [...source.matchAll(made)].map(([, said = ""]) => said.replace(/{\w+}/, "40"));

  it("is said in the page's language, with its number", () => {
    expect(sentences).toHaveLength(10);
    const said = (code: "en" | "es", message: string) => new Speech(code).refusal({ code: "?", message });
    expect(sentences.map((message) => said("en", message))).toEqual(sentences);
    const asWritten = sentences.filter((message) => said("es", message) === message);
    // That one has a code of its own.
    expect(asWritten).toEqual(["This name is taken. Choose another one."]);
    expect(said("es", "The name is too long: at most 40 characters.")).toBe(
      "El nombre es demasiado largo: como mucho 40 caracteres.",
    );
  });

  it("and of an account that is gone is as it is written there", () => {
    const apply = readFileSync(join(folder, "../../moderation/apply.rs"), "utf8");
    const [, sentence = ""] = /let sentence = "(Your account [^"]+)"/.exec(apply) ?? [];
    expect(new Speech("en").sentence(sentence)).toBe(sentence);
  });

  it("and the first line of a new world are as they are written there", () => {
    const config = readFileSync(join(folder, "../../../crates/session/src/config.rs"), "utf8");
    const [, greeting = ""] = /greeting: "([^"]+)"/.exec(config) ?? [];
    expect(new Speech("en").text.greeting).toBe(greeting);
    expect(new Speech("es").greeting(greeting)).not.toBe(greeting);
  });

  it("tells more than a code that another sentence shares", () => {
    const reserved = { code: "username-taken", message: "This name is reserved. Choose another one." };
    expect(new Speech("es").refusal(reserved)).toBe("Este nombre está reservado. Elige otro.");
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

  it("of accounts and of moderators has words as well", () => {
    const ofRest = [
      "cross-site",
      "foreign-origin",
      "unknown-host",
      "own-account",
      "not-found",
      "session-gone",
    ];
    const silent = ofRest.filter((each) => new Speech("es").refusal({ code: each, message: "?" }) === "?");
    expect(silent).toEqual([]);
  });
});
