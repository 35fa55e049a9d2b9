/**
 * `npm run build`: the pages in `dist`. Built only when what they are made of has changed, and written only where the
 * outcome differs: cargo judges what it embeds by its time, and compiles the server anew for every touched file.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { compress } from "./compress.js";
import { fingerprint, readStamp, sync, writeStamp } from "./content.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const made = join(root, "node_modules", ".pages");
const stamp = join(root, "node_modules", ".pages.json");

/** Not what pages are made of. */
const APART = /^(dist|node_modules|reference|examples)$|\.test\.tsx?$/;

/** The packages count by the list of what was installed. */
async function inputs() {
  const env = Object.entries(process.env).filter(([name]) => name.startsWith("VITE_"));
  const sources = await fingerprint(root, APART);
  return fingerprint.of(JSON.stringify([process.version, env.sort(), sources]));
}

const before = await readStamp(stamp);
const wanted = await inputs();
if (before.inputs === wanted && before.outputs === (await fingerprint(dist))) {
  console.log("The pages are up to date.");
} else {
  await build({ root, build: { outDir: made, emptyOutDir: true } });
  await compress(made);
  await sync(made, dist);
  await rm(made, { recursive: true });
  await writeStamp(stamp, { inputs: wanted, outputs: await fingerprint(dist) });
}
