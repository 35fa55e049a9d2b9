/**
 * `node build/licences.js LOCK...`: whether every npm package in these lock files may be used. `deny.toml` says the
 * same for crates; a test compares the two lists.
 */
import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";

/** What may be in a program under the MIT licence. */
export const SHIPPED = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "ISC",
  "MIT",
  // Asks for the source of changed files only; ours are unchanged.
  "MPL-2.0",
  // Fonts, which may go with any program.
  "OFL-1.1",
  "Unicode-3.0",
  "Unlicense",
  "Zlib",
]);

/** What tools may have besides: nothing of them reaches a program. */
export const TOOLS = new Set([...SHIPPED, "BlueOak-1.0.0", "CC0-1.0", "MIT-0", "PSF-2.0", "Python-2.0"]);

/** What lock files do not say because the package writes it in an older way; read in its own folder. */
const UNDECLARED = { "xmlhttprequest-ssl": "MIT" };

/** Whether an SPDX expression of names, AND, OR and brackets can be met with `allowed`. */
export function isMet(expression, allowed) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  const one = () => {
    const word = words.shift();
    if (word !== "(") return allowed.has(word);
    const inside = any();
    words.shift();
    return inside;
  };
  const all = () => {
    let met = one();
    while (words[0] === "AND") {
      words.shift();
      met = one() && met;
    }
    return met;
  };
  const any = () => {
    let met = all();
    while (words[0] === "OR") {
      words.shift();
      met = all() || met;
    }
    return met;
  };
  return words.length > 0 && any() && words.length === 0;
}

/**
 * What stands in a lock file: the packages of others below `node_modules`, with what they are for. What may be
 * left out is a tool as well: a page cannot need it.
 */
export function packagesOf(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path.includes("node_modules/"))
    .filter(([, { link }]) => !link)
    .map(([path, { version, license, dev, devOptional, optional }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return {
        path,
        name,
        version,
        licence: license ?? UNDECLARED[name] ?? "none",
        tool: Boolean(dev || devOptional || optional),
      };
    });
}

/** One sentence for each package that may not be there. */
export function refused(packages) {
  return packages
    .filter(({ licence, tool }) => !isMet(licence, tool ? TOOLS : SHIPPED))
    .map(({ name, version, licence }) => `${name} ${version} has the licence ${licence}.`);
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const locks = await Promise.all(
    argv.slice(2).map(async (path) => JSON.parse(await readFile(path, "utf8"))),
  );
  const packages = locks.flatMap(packagesOf);
  const problems = refused(packages);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) exit(1);
  console.log(`${packages.length} npm packages, all of them under licences that are allowed.`);
}
