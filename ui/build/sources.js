/** The sources of the pages and of the client package, for what lints them. */
import { existsSync, readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

const TREES = ["packages/client", "src"];

/** Every TypeScript file that is written here, by its path from `root`, in order. */
export function sourcesIn(root) {
  return TREES.map((tree) => join(root, tree))
    .filter(existsSync)
    .flatMap((tree) => readdirSync(tree, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && [".ts", ".tsx"].includes(extname(entry.name)))
    .filter((entry) => !/(^|[\\/])(dist|node_modules)([\\/]|$)/.test(entry.parentPath.slice(root.length)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
