/** Folders by what is in them, whatever their times say. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** Every file below `folder` but for entries that `apart` fits, by path, in order. None where there is no folder. */
export async function filesIn(folder, apart) {
  const found = [];
  const walk = async (below) => {
    const entries = await readdir(below, { withFileTypes: true });
    for (const entry of entries.filter(({ name }) => !apart?.test(name))) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) found.push(relative(folder, path));
    }
  };
  await walk(folder).catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  return found.sort();
}

/** One text for all names and contents below `folder`; two folders with the same files have the same. */
export async function fingerprint(folder, apart) {
  const hash = createHash("sha256");
  for (const path of await filesIn(folder, apart)) {
    const content = await readFile(join(folder, path));
    hash.update(`${path.split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The same for a text. */
fingerprint.of = (text) => createHash("sha256").update(text).digest("hex");

/** Makes `to` hold the files of `from`; what is the same already is left alone, with its time. */
export async function sync(from, to) {
  const wanted = await filesIn(from);
  for (const path of wanted) {
    const [content, there] = [await readFile(join(from, path)), join(to, path)];
    const same = await readFile(there).then(
      (old) => old.equals(content),
      () => false,
    );
    if (same) continue;
    await mkdir(dirname(there), { recursive: true });
    await writeFile(there, content);
  }
  const kept = new Set(wanted);
  const surplus = (await filesIn(to)).filter((path) => !kept.has(path));
  for (const path of surplus) await rm(join(to, path));
}

/** What was noted at the end of the last build; nothing where that cannot be read. */
export async function readStamp(path) {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return {};
  }
}

export async function writeStamp(path, stamp) {
  await writeFile(path, JSON.stringify(stamp));
}
