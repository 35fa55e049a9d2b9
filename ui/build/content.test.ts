import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint, readStamp, sync, writeStamp } from "./content.js";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "pages-"));
});
afterEach(() => rm(home, { recursive: true }));

/** A folder with these files, all of one old time. */
async function folder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(home, name);
  await mkdir(join(path, "ui"), { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(path, file), content);
    await utimes(join(path, file), 1, 1);
  }
  return path;
}

test("what is the same keeps its time, the rest is written, what is left over goes", async () => {
  const from = await folder("from", { "index.html": "page", "ui/a.js": "new", "ui/b.js": "b" });
  const to = await folder("to", { "index.html": "page", "ui/a.js": "old", "ui/gone.js": "x" });
  await sync(from, to);
  expect((await readdir(to, { recursive: true })).sort()).toEqual(["index.html", "ui", "ui/a.js", "ui/b.js"]);
  const time = async (file: string) => (await stat(join(to, file))).mtimeMs;
  expect(await time("index.html")).toBe(1000);
  expect(await time("ui/a.js")).toBeGreaterThan(1000);
  expect(await fingerprint(to)).toBe(await fingerprint(from));
});

test("a fingerprint is about names and contents, not about times", async () => {
  const one = await folder("one", { "a.ts": "a", "a.test.ts": "t" });
  const before = await fingerprint(one, /\.test\.ts$/);
  await utimes(join(one, "a.ts"), 5, 5);
  await writeFile(join(one, "a.test.ts"), "other");
  expect(await fingerprint(one, /\.test\.ts$/)).toBe(before);
  await writeFile(join(one, "a.ts"), "b");
  expect(await fingerprint(one, /\.test\.ts$/)).not.toBe(before);
  const moved = await folder("moved", { "b.ts": "a" });
  expect(await fingerprint(moved)).not.toBe(before);
  expect(await fingerprint(join(home, "absent"))).toBe(await fingerprint(join(home, "absent too")));
});

test("a stamp that cannot be read is none", async () => {
  const path = join(home, "stamp.json");
  expect(await readStamp(path)).toEqual({});
  await writeStamp(path, { inputs: "a" });
  expect(await readStamp(path)).toEqual({ inputs: "a" });
  await writeFile(path, "{");
  expect(await readStamp(path)).toEqual({});
});
