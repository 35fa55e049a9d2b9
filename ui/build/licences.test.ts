import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { isMet, packagesOf, refused, SHIPPED } from "./licences.js";

test("an expression is met when one of its choices is allowed whole", () => {
  const check = (expression: string, expected: boolean) =>
    expect(isMet(expression, new Set(["MIT", "Zlib"])), expression).toBe(expected);
  check("MIT", true);
  check("GPL-3.0-or-later", false);
  check("MIT OR GPL-3.0-or-later", true);
  check("(GPL-3.0-or-later OR MIT)", true);
  check("(MIT AND Zlib)", true);
  check("MIT AND GPL-3.0-or-later", false);
  check("(GPL-2.0 OR (MIT AND Zlib)) AND MIT", true);
  check("MIT Zlib", false);
  check("", false);
});

test("a tool may have what a page may not, and a package without a licence is refused", () => {
  const lock = {
    packages: {
      "": {},
      "packages/own": { version: "0.1.0" },
      "node_modules/own": { resolved: "packages/own", link: true },
      "node_modules/a": { version: "1.0.0", license: "MIT" },
      "node_modules/b": { version: "1.0.0", license: "CC0-1.0", dev: true },
      "node_modules/a/node_modules/@c/d": { version: "2.0.0", license: "CC0-1.0" },
      "node_modules/e": { version: "3.0.0", dev: true },
    },
  };
  expect(refused(packagesOf(lock))).toEqual([
    "@c/d 2.0.0 has the licence CC0-1.0.",
    "e 3.0.0 has the licence none.",
  ]);
});

test("pages may have what crates may have, and fonts", async () => {
  const deny = await readFile(new URL("../../deny.toml", import.meta.url), "utf8");
  const list = /^allow = \[([^\]]*)\]/m.exec(deny)?.[1] ?? "";
  const crates = [...list.matchAll(/"([^"]+)"/g)]
    .map(([, name]) => name)
    .filter((name) => !name?.includes(" WITH "));
  expect([...SHIPPED].sort()).toEqual([...crates, "OFL-1.1"].sort());
});
