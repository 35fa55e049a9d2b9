import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { compress } from "./compress.js";

test("texts get two smaller forms that say the same, everything else stays alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "compress-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = "let lantern = 'lit';\n".repeat(200);
  for (const [name, content] of [
    ["page.js", text],
    ["small.js", "let a = 1;"],
    ["font.woff2", text],
  ] as const) {
    await writeFile(join(folder, name), content);
  }
  await compress(folder);
  const made = (await readdir(folder)).sort();
  expect(made).toEqual(
    expect.arrayContaining(["page.js", "page.js.br", "page.js.gz", "small.js", "font.woff2"]),
  );
  expect(made.filter((name) => /^(small|font).*\.(br|gz)$/.test(name))).toEqual([]);
  const [br, gz] = await Promise.all(["br", "gz"].map((form) => readFile(join(folder, `page.js.${form}`))));
  expect(brotliDecompressSync(br ?? "").toString()).toBe(text);
  expect(gunzipSync(gz ?? "").toString()).toBe(text);

  const first = await readFile(join(folder, "page.js.gz"));
  await rm(join(folder, "page.js.gz"));
  await compress(folder);
  expect(await readFile(join(folder, "page.js.gz")), "the same bytes every time").toEqual(first);
});
