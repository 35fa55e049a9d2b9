/**
 * Which folder of the pages and of the client package may know which, in one place, and the check of it.
 *
 * A list goes from the bottom to the top: a folder, or a file that stands among folders, imports what stands before it
 * and nothing that stands after it. Those in brackets are neighbours and do not know each other. What is missing in
 * its list is refused, so that a new folder gets its place here. Pages and package know each other by the package's
 * name alone, never by a path. Which *packages* a folder may use says `biome.json`.
 */
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync } from "vite";
import { sourcesIn } from "./sources.js";

export const ORDER = {
  "packages/client/src": ["contract", "sdk"],
  src: ["languages", ["platform", "player"], "admin"],
  "src/player": [
    ["style", "text", "emote", "look", "map", "dom", "muted", "invitation"],
    ["art", "brand", "account"],
    "view",
    ["walker", "hud", "meeting"],
    ["input", "stage", "learned", "desk"],
    ["people", "scenes", "entry", "silence", "sharing"],
    "conversation",
    "page",
    "main",
  ],
  "src/admin": [
    ["theme", "format", "contract"],
    ["text", "api", "feed", "state", "route", "charts", "harbour"],
    ["access", "keys", "brand"],
    "kit",
    "people",
    "dialogs",
    "views",
    ["gate", "shell"],
    "main",
  ],
  "src/admin/views": [
    [
      "audit",
      "bots",
      "chat",
      "computer",
      "invite",
      "loadtest",
      "logs",
      "players",
      "reports",
      "sanctions",
      "settings",
      "sprites",
      "users",
    ],
    ["dashboard", "host"],
  ],
};

/** All that the administration shares with the player page: how the world and its people look. */
export const SHARED = {
  from: "src/admin",
  to: "src/player",
  only: ["art/", "map/", "look/look", "view/sheet", "style/fonts", "style/hidden"],
};

/** Trees that no path leads into or out of. */
const APART = ["packages/client/", "src/"];

/** Where each name of a list stands: 0 is the bottom. */
const places = Object.fromEntries(
  Object.entries(ORDER).map(([folder, list]) => [
    folder,
    new Map(list.flatMap((names, place) => [names].flat().map((name) => [name, place]))),
  ]),
);

/** Paths inside `folder` without their endings, `admin/main` and so on; the first part is what stands in the list. */
function partOf(path, folder) {
  if (!path.startsWith(`${folder}/`)) return null;
  const [first = ""] = path.slice(folder.length + 1).split("/");
  return first.replace(/(\.test)?\.\w+$/, "");
}

/** What is wrong with this arrow, as sentences; none when nothing is. Paths begin at the pages' own root. */
export function faultsOf(from, to) {
  const faults = [];
  for (const [folder, known] of Object.entries(places)) {
    const [above, below] = [partOf(from, folder), partOf(to, folder)];
    if (above === null || below === null || above === below) continue;
    const missing = [above, below].find((name) => !known.has(name));
    if (missing !== undefined)
      faults.push(`${folder}/${missing} has no place in the order of folders (build/import-order.js).`);
    else if (known.get(below) >= known.get(above))
      faults.push(`${folder}/${above} stands below or beside ${folder}/${below} and does not know it.`);
  }
  const [own, other] = [from, to].map((path) => APART.find((tree) => path.startsWith(tree)));
  if (other !== undefined && own !== other)
    faults.push(`${own} is left by a path; name the package @comutiny/client instead.`);
  const shared = to.startsWith(`${SHARED.to}/`) ? to.slice(SHARED.to.length + 1) : null;
  if (from.startsWith(`${SHARED.from}/`) && shared !== null)
    if (!SHARED.only.some((path) => shared.startsWith(path)))
      faults.push(`${SHARED.from} shares with ${SHARED.to} how the world looks, and not ${to}.`);
  return faults;
}

/** What a module names in its imports and exports, the dynamic ones and those of types included. */
export function importsOf(path, source) {
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0].message}`);
  const named = [...module.staticImports, ...module.staticExports.flatMap(({ entries }) => entries)];
  return [
    ...named.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1)),
  ];
}

/** The parts that a file lies in and that have no place, as sentences. */
function homeless(file) {
  return Object.entries(places)
    .map(([folder, known]) => [folder, partOf(file, folder), known])
    .filter(([, part, known]) => part !== null && !known.has(part))
    .map(
      ([folder, part]) => `${folder}/${part} has no place in the order of folders (build/import-order.js).`,
    );
}

/** Every arrow between two files below `root` that the order forbids, and every folder it does not know. */
export function check(root) {
  const faults = [];
  for (const file of sourcesIn(root)) {
    faults.push(...homeless(file).map((fault) => `${file}: ${fault}`));
    const wanted = importsOf(file, readFileSync(join(root, file), "utf8"));
    for (const name of new Set(wanted.filter((each) => each.startsWith("."))))
      for (const fault of faultsOf(file, posix.join(dirname(file), name)))
        faults.push(`${file} imports ${name}: ${fault}`);
  }
  return faults;
}
