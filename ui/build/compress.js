/** Compressed forms beside the files of a folder, made once here so that the server never compresses a page. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { filesIn } from "./content.js";

/** What is text. Fonts and pictures are compressed in themselves. */
const TEXT = /\.(html|js|css|svg|json|txt)$/;
/** Bytes below which the headers of an answer outweigh what is saved. */
const SMALLEST = 512;

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY, Z_BEST_COMPRESSION } = constants;

/** Suffix of a form's file name, and what makes it. The server looks for these names (`http/pages/encoding.rs`). */
const FORMS = {
  br: (content) =>
    promisify(brotliCompress)(content, {
      params: { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gz: (content) => promisify(gzip)(content, { level: Z_BEST_COMPRESSION }),
};

/** Puts `name.br` and `name.gz` beside every text below `folder` that they make smaller by a tenth. */
export async function compress(folder) {
  for (const path of (await filesIn(folder)).filter((name) => TEXT.test(name))) {
    const content = await readFile(join(folder, path));
    if (content.length < SMALLEST) continue;
    for (const [suffix, form] of Object.entries(FORMS)) {
      const compressed = await form(content);
      if (compressed.length < content.length * 0.9)
        await writeFile(join(folder, `${path}.${suffix}`), compressed);
    }
  }
}
