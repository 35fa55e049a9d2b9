// Every text of both pages, in every language they have: the pages' own dictionaries.

import { build } from "esbuild";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const LANGUAGES = new URL("../../ui/src/languages/", import.meta.url);

async function dictionary(code, page) {
  const entry = fileURLToPath(new URL(`${code}/${page}.ts`, LANGUAGES));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  const source = Buffer.from(outputFiles[0].contents).toString("base64");
  return [code, (await import(`data:text/javascript;base64,${source}`))[page]];
}

const folders = (await readdir(LANGUAGES, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const dictionaries = async (page) =>
  Object.fromEntries(await Promise.all(folders.map(({ name }) => dictionary(name, page))));
const [PLAYER, ADMIN] = await Promise.all(["player", "admin"].map(dictionaries));

/** The player page's dictionary for a locale such as `es-MX`. */
export const wordsFor = (locale) => PLAYER[locale.slice(0, 2)];

/** The administration's. */
export const adminWordsFor = (locale) => ADMIN[locale.slice(0, 2)];

/** A text with its holes filled; those that nothing is given for stay. */
export const filled = (text, values) => text.replace(/{{(\w+)(?:, \w+)?}}/g, (hole, name) => values[name] ?? hole);

/** What stands before the first hole of a text. */
export const beginning = (text) => text.split("{{")[0].trim();
