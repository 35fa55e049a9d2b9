// The client package as somebody gets it: packed, and installed into an empty folder.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const UI = fileURLToPath(new URL("../../ui/", import.meta.url));
const PACKAGE = join(UI, "packages", "client");
const run = promisify(execFile);

/** Everything the package needs, in the versions that this repository has installed: npm finds them in its cache. */
async function versions() {
  const { packages } = JSON.parse(await readFile(join(UI, "package-lock.json"), "utf8"));
  const found = {};
  const waiting = Object.keys(packages["packages/client"].dependencies);
  for (const name of waiting) {
    const { version, dependencies = {} } = packages[`node_modules/${name}`];
    found[name] = version;
    waiting.push(...Object.keys(dependencies).filter((it) => !(it in found)));
  }
  return found;
}

/** Where its examples lie, in the folder that it is installed into. */
export const EXAMPLES = "node_modules/@comutiny/client/examples";

/** A folder as `npm init` makes it, with nothing but the installed package. `remove` takes it away. */
export async function installed() {
  const folder = await mkdtemp(join(tmpdir(), "comutiny-client-"));
  const npm = (cwd, ...args) => run("npm", [...args, "--no-audit", "--no-fund"], { cwd });
  await npm(PACKAGE, "pack", "--pack-destination", folder);
  const [tarball] = await readdir(folder);
  const overrides = await versions();
  await npm(folder, "init", "--yes");
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, overrides }));
  await npm(folder, "install", tarball, "--prefer-offline");
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** The program that the README of the package shows, for another address, and the file that it asks for. */
export async function botOfReadme(address) {
  const text = await readFile(join(PACKAGE, "README.md"), "utf8");
  const [, name, program] = /`node (\S+)`:\n\n```js\n([^]*?)```/.exec(text);
  return { name, program: program.replace("http://localhost:4000", address) };
}
