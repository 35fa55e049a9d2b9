// Every text of the player page, in every language it has: the page's own dictionaries.

import { build } from "esbuild";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const LANGUAGES = new URL("../../ui/src/languages/", import.meta.url);

async function dictionary(code) {
  const entry = fileURLToPath(new URL(`${code}/player.ts`, LANGUAGES));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  const source = Buffer.from(outputFiles[0].contents).toString("base64");
  return [code, (await import(`data:text/javascript;base64,${source}`)).player];
}

const folders = (await readdir(LANGUAGES, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const DICTIONARIES = Object.fromEntries(await Promise.all(folders.map(({ name }) => dictionary(name))));

/** The dictionary for a locale such as `es-MX`. */
export const wordsFor = (locale) => DICTIONARIES[locale.slice(0, 2)];
