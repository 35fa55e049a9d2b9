// What the player page says, in every language it speaks: the page's own dictionaries.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const SPEECH = fileURLToPath(new URL("../../ui/src/player/text/speech.ts", import.meta.url));

const { outputFiles } = await build({ entryPoints: [SPEECH], bundle: true, format: "esm", write: false });
const code = Buffer.from(outputFiles[0].contents).toString("base64");
const { LANGUAGES } = await import(`data:text/javascript;base64,${code}`);

/** The dictionary for a locale such as `es-MX`. */
export const wordsFor = (locale) => LANGUAGES[locale.slice(0, 2)];
