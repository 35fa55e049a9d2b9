/**
 * `npm run notices`: `public/third-party-notices.txt`, with the licence of everything that is in the programs: crates of
 * the server and of the desktop program on all systems, npm packages of the pages, the font of the charts. It is
 * committed, so that a build without the network has it; `--check` says whether it is still about what the lock files
 * hold, and needs no sources for that.
 */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packagesOf } from "./licences.js";

const ui = fileURLToPath(new URL("..", import.meta.url));
const root = join(ui, "..");
const target = join(ui, "public", "third-party-notices.txt");

/** Members of the workspace that are shipped. */
const PROGRAMS = ["server-core", "comutiny-desktop"];
const RULE = "=".repeat(80);
/** Where several licences may be chosen from, this one: its text is the same for all. */
const CHOSEN = "Apache-2.0";

/** Crates that are linked into a program: those that build it or test it are not. */
async function crates() {
  const metadata = ["metadata", "--format-version", "1", "--locked", "--all-features"];
  const { stdout } = await promisify(execFile)("cargo", metadata, { cwd: root, maxBuffer: 2 ** 28 });
  const { packages, resolve, workspace_members: ours } = JSON.parse(stdout);
  const byId = new Map(packages.map((it) => [it.id, it]));
  const links = new Map(resolve.nodes.map(({ id, deps }) => [id, deps]));
  const waiting = packages
    .filter(({ id, name }) => ours.includes(id) && PROGRAMS.includes(name))
    .map(({ id }) => id);
  const found = new Set(waiting);
  while (waiting.length > 0) {
    for (const { pkg, dep_kinds: kinds } of links.get(waiting.pop()) ?? []) {
      if (found.has(pkg) || !kinds.some(({ kind }) => kind === null)) continue;
      found.add(pkg);
      waiting.push(pkg);
    }
  }
  return [...found]
    .filter((id) => !ours.includes(id))
    .map((id) => byId.get(id))
    .map(({ name, version, license, authors, manifest_path }) => ({
      name,
      version,
      licence: license ?? "see its text",
      authors,
      folder: dirname(manifest_path),
    }));
}

async function npmPackages() {
  const lock = JSON.parse(await readFile(join(ui, "package-lock.json"), "utf8"));
  return packagesOf(lock)
    .filter(({ tool }) => !tool)
    .map(({ path, ...it }) => ({ ...it, authors: [], folder: join(ui, path) }));
}

/** Its own licence files; of several to choose from, the chosen one alone, and its notice. */
async function texts({ name, licence, authors, folder }, chosen) {
  const files = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|copying|copyright|unlicense|notice)/i.test(file),
  );
  const mayChoose = licence.split(/\s+(?:OR)\s+|\//).some((it) => it.replace(/[()]/g, "").trim() === CHOSEN);
  const apart = mayChoose ? files.filter((file) => /^notice/i.test(file)) : files;
  const own = [];
  for (const file of apart.sort()) {
    const text = await readFile(join(folder, file), "utf8").catch(() => "");
    if (text.trim() !== "") own.push(text.replace(/\r\n?/g, "\n").trim());
  }
  if (mayChoose) own.unshift(chosen);
  if (own.length === 0) own.push(unwritten(name, licence, authors));
  return own;
}

/** Of a package that carries no text. */
const unwritten = (name, licence, authors) =>
  `${licence}, as ${name} declares it. Copyright: ${authors.join(", ") || `the authors of ${name}`}.`;

const list = (all) => all.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);

function compare(left, right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

const all = [...(await crates()), ...(await npmPackages())].sort(
  (a, b) => compare(a.name, b.name) || compare(a.version, b.version),
);
const head = [
  "Software and fonts of others in CoMutiNy, and their licences",
  "",
  ...list(all),
  "Figtree: OFL-1.1",
  "",
].join("\n");

if (argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (!committed.startsWith(head)) {
    console.error("The notices are not about what is in the lock files. Run: cd ui && npm run notices");
    exit(1);
  }
  console.log(`The notices name ${all.length} packages, as the lock files do.`);
} else {
  const carrier = all.find(({ name }) => name === "serde");
  const chosen = (await readFile(join(carrier.folder, "LICENSE-APACHE"), "utf8")).trim();
  const byText = new Map();
  for (const one of all) {
    for (const text of await texts(one, chosen))
      byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version}`]);
  }
  const font = join(root, "server-core/crates/load-test/src/report/charts/figtree-OFL.txt");
  byText.set((await readFile(font, "utf8")).trim(), ["Figtree, in charts of load tests"]);
  const parts = [...byText].map(([text, names]) => `${RULE}\n${names.join(", ")}\n${RULE}\n\n${text}\n`);
  await writeFile(target, `${head}\n${parts.join("\n")}`);
  console.log(`Wrote ${target}: ${all.length} packages, ${byText.size} texts.`);
}
