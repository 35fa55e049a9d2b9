import { expect, test } from "vitest";
import { en } from "./en";
import { es } from "./es";
import { languageOf } from "./i18n";

/** Every text by its path. */
function texts(dictionary: object, path = ""): [string, string][] {
  return Object.entries(dictionary).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : texts(value, `${path}${key}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/{{(\w+)/g)].map(([, name]) => name).sort();

test("both languages fill the same holes", () => {
  const spanish = new Map(texts(es));
  for (const [path, text] of texts(en)) expect(holes(spanish.get(path) ?? ""), path).toEqual(holes(text));
});

test("nothing is said with an exclamation mark, and nothing is empty", () => {
  for (const [path, text] of [...texts(en), ...texts(es)]) {
    expect(text, path).not.toMatch(/[!¡]|oops/i);
    expect(text.trim(), path).not.toBe("");
  }
});

test("the first language somebody wishes for and the page speaks", () => {
  expect(languageOf([null, "de-DE", "es-MX", "en"])).toBe("es");
  expect(languageOf(["fr"])).toBe("en");
});
