import { describe, expect, test } from "vitest";
import { byLanguage, type Dictionary, LANGUAGE_CODES, languageOf } from ".";
import { admin as english } from "./en/admin";

const ADMIN = byLanguage(
  import.meta.glob<Dictionary<typeof english>>("./*/admin.ts", { eager: true, import: "admin" }),
);

/** Every text by its path. */
function texts(dictionary: object, path = ""): [string, string][] {
  return Object.entries(dictionary).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : texts(value, `${path}${key}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/{{(\w+)/g)].map(([, name]) => name).sort();

describe.each(LANGUAGE_CODES)("the administration in %s", (code) => {
  test("fills the holes that English has", () => {
    const own = new Map(texts(ADMIN[code]));
    for (const [path, text] of texts(english)) expect(holes(own.get(path) ?? ""), path).toEqual(holes(text));
  });

  test("has no exclamation mark and no empty text", () => {
    for (const [path, text] of texts(ADMIN[code])) {
      expect(text, path).not.toMatch(/[!¡]|oops/i);
      expect(text.trim(), path).not.toBe("");
    }
  });
});

describe("the list", () => {
  test("has every folder, and a folder for every line", () => {
    const folders = Object.keys(import.meta.glob("./*/player.ts")).map((path) => path.split("/")[1]);
    expect(folders.sort()).toEqual([...LANGUAGE_CODES].sort());
  });

  test("a language without its file is named", () => {
    expect(() => byLanguage({ "../languages/en/player.ts": {} })).toThrow('The language "es"');
  });

  test("the first language somebody wishes for and the pages have, English for none", () => {
    expect(languageOf([null, "xx-XX", "es-MX", "en"])).toBe("es");
    expect(languageOf([undefined, "ES"])).toBe("es");
    expect(languageOf(["xx", "constructor"])).toBe("en");
  });
});
