// The client package as somebody gets it: packed, and installed into an empty folder.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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

/** A folder with nothing but the installed package and its examples. `remove` takes it away. */
export async function installed() {
  const folder = await mkdtemp(join(tmpdir(), "comutiny-client-"));
  const npm = (cwd, ...args) => run("npm", [...args, "--no-audit", "--no-fund"], { cwd });
  await npm(PACKAGE, "pack", "--pack-destination", folder);
  const [tarball] = await readdir(folder);
  const overrides = await versions();
  const manifest = { type: "module", private: true, dependencies: { "@comutiny/client": `file:${tarball}` }, overrides };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await npm(folder, "install", "--prefer-offline");
  await cp(join(folder, "node_modules/@comutiny/client/examples"), folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** The program that the README of the package shows, for another address. */
export async function botOfReadme(address) {
  const text = await readFile(join(PACKAGE, "README.md"), "utf8");
  const [, program] = /```js\n([^]*?)```/.exec(text);
  return program.replace("http://localhost:4000", address);
}
